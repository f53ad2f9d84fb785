using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Receivers;

/// <summary>OTLP/gRPC, directly on Kestrel's HTTP/2: three unary calls need no gRPC stack.</summary>
/// <remarks>
/// <code>
/// request   POST /opentelemetry.proto.collector.logs.v1.LogsService/Export
///           content-type: application/grpc[+proto]   grpc-encoding: gzip|identity   grpc-timeout: 10S
///           one frame (see <see cref="GrpcFrame"/>)
/// response  200, content-type: application/grpc, one frame, trailers grpc-status: 0
/// failure   200 and, instead of body and trailers, headers grpc-status, grpc-message, grpc-status-details-bin ("trailers-only")
/// </code>
/// <see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md"/>,
/// <see href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc"/>
/// </remarks>
internal sealed class GrpcReceiver(BodyReader bodies, IngestPipelines pipelines, TimeProvider time, ILogger<GrpcReceiver> logger)
    : IHttpApplication<IFeatureCollection>
{
    private const string ContentType = "application/grpc";
    private const string AcceptedEncodings = "identity,gzip";

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (!IsGrpc(request))
        {
            // Whoever sent this is no gRPC client and reads the HTTP status.
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        response.Headers.ContentType = ContentType;
        response.Headers["grpc-accept-encoding"] = AcceptedEncodings;
        try
        {
            RecordTally result = await StoreAsync(context, request);
            await WriteAsync(context, ExportResponseWriter.ToProtobuf(result));
        }
        catch (IngestException e)
        {
            Refused.Log(logger, context, e.Failure);
            WriteFailure(response, e.Failure);
        }
        catch (Exception e) when (Refused.IsDisconnect(e))
        {
        }
    }

    private async Task<RecordTally> StoreAsync(IFeatureCollection context, IHttpRequestFeature request)
    {
        long started = time.GetTimestamp();
        OtlpSignal signal = Signal(request);
        string encoding = request.Headers["grpc-encoding"].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            throw new IngestException(IngestError.UnsupportedEncoding, $"The grpc-encoding must be one of {AcceptedEncodings}.");
        }

        PooledBuffer body = await bodies.ReadAsync(context, context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted);
        Task<RecordTally> stored = pipelines.StoreAsync(signal, SenderKey.Of(context), Unwrap(body, encoding));
        if (GrpcTimeout.Parse(request.Headers["grpc-timeout"].ToString()) is not { } timeout)
        {
            return await stored;
        }

        return await WaitAsync(stored, timeout - time.GetElapsedTime(started));
    }

    /// <summary>The message without frame and compression.</summary>
    private PooledBuffer Unwrap(PooledBuffer body, string encoding)
    {
        bool isCompressed;
        try
        {
            isCompressed = GrpcFrame.Unwrap(body);
            if (isCompressed && encoding != "gzip")
            {
                throw new IngestException(IngestError.Internal, "The frame says that the message is compressed, but no grpc-encoding says how.");
            }
        }
        catch (IngestException)
        {
            body.Dispose();
            throw;
        }

        return isCompressed ? bodies.Decompress(body) : body;
    }

    private async Task<RecordTally> WaitAsync(Task<RecordTally> stored, TimeSpan timeout)
    {
        try
        {
            return await stored.WaitAsync(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, time);
        }
        catch (TimeoutException)
        {
            // The rows are on their way and cannot be called back. What becomes of them is logged by the pipeline.
            _ = stored.ContinueWith(static task => task.Exception, TaskScheduler.Default);
            throw new IngestException(IngestError.DeadlineExceeded, "The call's deadline passed before the records were stored. They may be stored yet.");
        }
    }

    private static async Task WriteAsync(IFeatureCollection context, ReadOnlyMemory<byte> message)
    {
        byte[] frame = new byte[GrpcFrame.HeaderLength + message.Length];
        GrpcFrame.WriteHeader(frame, message.Length);
        message.CopyTo(frame.AsMemory(GrpcFrame.HeaderLength));
        context.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = "0";
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(frame);
    }

    private static void WriteFailure(IHttpResponseFeature response, IngestFailure failure)
    {
        response.Headers["grpc-status"] = ErrorStatus.Of(failure.Error).Grpc.ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = GrpcMessageEncoding.Encode(failure.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(RpcStatusWriter.ToProtobuf(failure).Span).TrimEnd('=');
    }

    private static bool IsGrpc(IHttpRequestFeature request)
    {
        string contentType = request.Headers.ContentType.ToString();
        return HttpMethods.IsPost(request.Method)
            && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
            && (contentType.Length == ContentType.Length
                || contentType[ContentType.Length] == ';'
                || contentType.StartsWith(ContentType + "+proto", StringComparison.OrdinalIgnoreCase));
    }

    private static OtlpSignal Signal(IHttpRequestFeature request) => request.Path switch
    {
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export" => OtlpSignal.Logs,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" => OtlpSignal.Metrics,
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export" => OtlpSignal.Traces,
        _ => throw new IngestException(
            IngestError.NotFound, "There is no such method. OTLP's LogsService, MetricsService and TraceService with their Export are served."),
    };
}
