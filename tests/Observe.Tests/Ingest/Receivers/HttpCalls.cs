using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>Requests of OTLP/HTTP.</summary>
internal static class HttpCalls
{
    public const string ProtobufType = "application/x-protobuf";
    public const string JsonType = "application/json";

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, HttpContent content, string type, string encoding = "")
    {
        using (content)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (encoding.Length > 0)
            {
                content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            }

            return await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        }
    }

    public static Task<HttpResponseMessage> PostAsync(IngestHost host, string path, byte[] body, string type, string encoding = "") =>
        PostAsync(host.Http, path, new ByteArrayContent(body), type, encoding);

    /// <summary>The status, the media type and, of an error, code and message of the google.rpc.Status in JSON.</summary>
    public static async Task<(int Code, string Message)> ReadStatusAsync(HttpResponseMessage response)
    {
        Assert.Equal(JsonType, response.Content.Headers.ContentType?.MediaType);
        using JsonDocument status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (status.RootElement.GetProperty("code").GetInt32(), status.RootElement.GetProperty("message").GetString()!);
    }

    public static byte[] Gzip(params ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>A client that sends from another address of this machine, such as 127.0.0.2: another sender.</summary>
    public static HttpClient From(string localAddress, Uri endpoint, Version version) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(localAddress), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = endpoint,
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
