using System.Net;
using System.Text;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>Calls of OTLP/gRPC, by hand: what gRPC libraries hide is what is tested.</summary>
internal static class GrpcCalls
{
    public const string Logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    public const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    public const string Metrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    public static byte[] Frame(byte[] message, byte flag = 0) =>
        [flag, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];

    public static Task<GrpcReply> CallAsync(IngestHost host, string path, byte[] body, params (string Name, string Value)[] headers) =>
        CallAsync(host.Grpc, path, new ByteArrayContent(body), [("te", "trailers"), .. headers]);

    public static async Task<GrpcReply> CallAsync(HttpClient client, string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        byte[] reply = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        string details = Find(response, "grpc-status-details-bin");
        return new GrpcReply(
            Find(response, "grpc-status"),
            Find(response, "grpc-message"),
            Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')),
            Find(response, "grpc-accept-encoding"),
            reply,
            response.Headers.Contains("grpc-status"));
    }

    private static string Find(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? trailer) ? string.Join(',', trailer)
            : response.Headers.TryGetValues(name, out IEnumerable<string>? header) ? string.Join(',', header)
            : "";
}

/// <param name="IsTrailersOnly">Whether the status came with the headers, and nothing after them.</param>
internal sealed record GrpcReply(string Status, string Message, byte[] StatusBytes, string AcceptedEncodings, byte[] Body, bool IsTrailersOnly)
{
    public string Details => Encoding.UTF8.GetString(StatusBytes);

    /// <summary>The seconds of google.rpc.RetryInfo; null without one.</summary>
    public int? RetrySeconds
    {
        get
        {
            ReadOnlySpan<byte> type = "google.rpc.RetryInfo"u8;
            int at = StatusBytes.AsSpan().IndexOf(type);
            if (at < 0)
            {
                return null;
            }

            // Any.value, RetryInfo.retry_delay, Duration.seconds
            ReadOnlySpan<byte> value = StatusBytes.AsSpan(at + type.Length);
            Assert.Equal([0x12, 0x0A, 0x08], [value[0], value[2], value[4]]);
            int seconds = value[5] & 0x7F;
            for (int i = 6, shift = 7; value[i - 1] >= 0x80; i++, shift += 7)
            {
                seconds |= (value[i] & 0x7F) << shift;
            }

            return seconds;
        }
    }
}
