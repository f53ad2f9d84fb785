using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>A socket to the receiver: sends what no HTTP library would, and reads what comes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly StringBuilder _received = new();
    private bool _isReset;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="localAddress">From where, such as 127.0.0.2 for another sender.</param>
    public static async Task<RawConnection> OpenAsync(Uri endpoint, string localAddress = "127.0.0.1")
    {
        var connection = new RawConnection();
        connection._socket.Bind(new IPEndPoint(IPAddress.Parse(localAddress), 0));
        try
        {
            await connection._socket.ConnectAsync(endpoint.Host, endpoint.Port, Cancellation);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed by the server before the connection was told to be open: nothing can be read from it.
            connection._isReset = true;
        }

        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes, Cancellation);

    /// <summary>What comes until this text has come, with that of earlier calls; less when the connection ends.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        while (!_received.ToString().Contains(text, StringComparison.Ordinal) && await ReadAsync())
        {
        }

        return _received.ToString();
    }

    /// <summary>All that comes until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await ReadAsync())
        {
        }

        return _received.ToString();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync()
    {
        if (_isReset)
        {
            return false;
        }

        byte[] buffer = new byte[4096];
        try
        {
            int count = await _socket.ReceiveAsync(buffer, Cancellation);
            _received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            return count > 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
