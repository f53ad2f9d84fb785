using System.IO.Compression;

namespace Observe.Bench.Sending;

/// <summary>Compresses requests into a buffer that is used again.</summary>
internal sealed class RequestCompressor : IDisposable
{
    private readonly MemoryStream _stream = new();

    /// <summary>The result is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> request)
    {
        _stream.SetLength(0);
        using (var gzip = new GZipStream(_stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(request.Span);
        }

        return _stream.GetBuffer().AsMemory(0, (int)_stream.Length);
    }

    public void Dispose() => _stream.Dispose();
}
