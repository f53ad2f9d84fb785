using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Observe.Bench.Sending;

/// <summary>OTLP/HTTP with binary protobuf over one HTTP/1.1 connection.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp</remarks>
internal sealed class HttpExportSender(Uri endpoint, bool gzip, string? key) : IExportSender
{
    private readonly HttpClient _client = ExportConnection.Open(endpoint, key);
    private readonly RequestCompressor? _compressor = gzip ? new RequestCompressor() : null;

    public async Task<ExportReply> SendAsync(ExportSignal signal, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, PathOf(signal))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(_compressor?.Compress(request) ?? request),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (gzip)
        {
            message.Content.Headers.ContentEncoding.Add("gzip");
        }

        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, cancellation);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return Understand(response, body);
        }
        catch (HttpRequestException exception)
        {
            return new ExportReply(ExportOutcome.Retry, 0, null, exception.Message);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _compressor?.Dispose();
    }

    private static ExportReply Understand(HttpResponseMessage response, byte[] body)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            (long rejected, string text) = PartialSuccess.Read(body);
            return new ExportReply(ExportOutcome.Accepted, rejected, null, text);
        }

        bool retry = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return new ExportReply(
            retry ? ExportOutcome.Retry : ExportOutcome.Failed,
            0,
            response.Headers.RetryAfter?.Delta,
            $"HTTP {(int)response.StatusCode} {Encoding.UTF8.GetString(body)}");
    }

    private static string PathOf(ExportSignal signal) => signal switch
    {
        ExportSignal.Logs => "v1/logs",
        ExportSignal.Spans => "v1/traces",
        _ => "v1/metrics",
    };
}
