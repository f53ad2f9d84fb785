using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Observe.Bench.Sending;

/// <summary>OTLP/gRPC as unary calls over one HTTP/2 connection with prior knowledge.</summary>
/// <remarks>
/// A message is <c>[compressed: 1 byte][length: 4 bytes, big-endian][message]</c>; the outcome is the trailer <c>grpc-status</c>.
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
/// </remarks>
internal sealed class GrpcExportSender(Uri endpoint, bool gzip, string? key) : IExportSender
{
    private const int FrameHead = 5;

    private readonly HttpClient _client = ExportConnection.Open(endpoint, key);
    private readonly RequestCompressor? _compressor = gzip ? new RequestCompressor() : null;
    private byte[] _frame = new byte[1 << 16];

    public async Task<ExportReply> SendAsync(ExportSignal signal, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, PathOf(signal))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(Frame(request)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        message.Headers.TE.ParseAdd("trailers");
        if (gzip)
        {
            message.Headers.Add("grpc-encoding", "gzip");
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

    private ReadOnlyMemory<byte> Frame(ReadOnlyMemory<byte> request)
    {
        ReadOnlyMemory<byte> payload = _compressor?.Compress(request) ?? request;
        if (_frame.Length < payload.Length + FrameHead)
        {
            _frame = new byte[payload.Length + (payload.Length / 2) + FrameHead];
        }

        _frame[0] = gzip ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(1), (uint)payload.Length);
        payload.CopyTo(_frame.AsMemory(FrameHead));
        return _frame.AsMemory(0, FrameHead + payload.Length);
    }

    private static ExportReply Understand(HttpResponseMessage response, byte[] body)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new ExportReply(ExportOutcome.Failed, 0, null, $"HTTP {(int)response.StatusCode} instead of a gRPC answer");
        }

        string? text = Trailer(response, "grpc-status");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return new ExportReply(ExportOutcome.Failed, 0, null, $"the trailer grpc-status is \"{text}\"");
        }

        if (status != 0)
        {
            string reason = $"gRPC status {status} {Uri.UnescapeDataString(Trailer(response, "grpc-message") ?? "")}";
            return new ExportReply(IsRetryable(status, response) ? ExportOutcome.Retry : ExportOutcome.Failed, 0, null, reason);
        }

        (long rejected, string message) = PartialSuccess.Read(body.Length <= FrameHead ? [] : body.AsSpan(FrameHead));
        return new ExportReply(ExportOutcome.Accepted, rejected, null, message);
    }

    /// <summary>
    /// CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS; RESOURCE_EXHAUSTED only where the server says that it
    /// can recover (https://opentelemetry.io/docs/specs/otlp/#failures).
    /// </summary>
    private static bool IsRetryable(int status, HttpResponseMessage response) =>
        status is 1 or 4 or 10 or 11 or 14 or 15 || (status == 8 && Trailer(response, "grpc-status-details-bin") is not null);

    /// <summary>An answer without a message has its trailers among the headers.</summary>
    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
            ? values.FirstOrDefault()
            : null;

    private static string PathOf(ExportSignal signal) => signal switch
    {
        ExportSignal.Logs => "opentelemetry.proto.collector.logs.v1.LogsService/Export",
        ExportSignal.Spans => "opentelemetry.proto.collector.trace.v1.TraceService/Export",
        _ => "opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    };
}
