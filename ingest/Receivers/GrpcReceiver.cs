using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Senders;

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
internal sealed class GrpcReceiver(
    BodyReader bodies, BodyTransformer transformer, IngestPipelines pipelines, RefusedRequests refused, TimeProvider time, ILogger<GrpcReceiver> logger)
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
        Sender sender = context.GetRequiredFeature<Sender>();
        OtlpSignal? signal = SignalOf(request);
        bool isGrpc = IsGrpc(request);
        try
        {
            if (!isGrpc)
            {
                throw new IngestException(IngestError.UnsupportedMediaType, $"The Content-Type must be {ContentType}, and the method POST.");
            }

            response.Headers.ContentType = ContentType;
            response.Headers["grpc-accept-encoding"] = AcceptedEncodings;
            IngestReceipt result = await StoreAsync(context, request, sender, signal);
            await WriteAsync(context, ExportResponseWriter.ToProtobuf(result));
        }
        catch (Exception e)
        {
            Fail(context, response, isGrpc, refused.Handle(logger, signal, sender, e));
        }
    }

    private async Task<IngestReceipt> StoreAsync(
        IFeatureCollection context, IHttpRequestFeature request, Sender sender, OtlpSignal? service)
    {
        long started = time.GetTimestamp();
        if (service is not { } signal)
        {
            throw new IngestException(
                IngestError.NotFound, "There is no such method. OTLP's LogsService, MetricsService and TraceService with their Export are served.");
        }

        string encoding = request.Headers["grpc-encoding"].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            throw new IngestException(IngestError.UnsupportedEncoding, $"The grpc-encoding must be one of {AcceptedEncodings}.");
        }

        sender.Rate.Admit();
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        PooledBuffer body = await bodies.ReadAsync(context, sender, GrpcFrame.HeaderLength, aborted);
        bool isCompressed = Unwrap(body, encoding);
        body = await transformer.TransformAsync(body, sender, signal, isCompressed, isJson: false, aborted);
        if (GrpcTimeout.Parse(request.Headers["grpc-timeout"].ToString()) is not { } timeout)
        {
            return await pipelines.AcceptAsync(signal, sender.Key, body);
        }

        TimeSpan left = timeout - time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
        {
            body.Dispose();
            throw new IngestException(IngestError.DeadlineExceeded, "The call's deadline passed before it was received. Nothing was stored.");
        }

        return await WaitAsync(pipelines.AcceptAsync(signal, sender.Key, body), left);
    }

    /// <summary>Removes the frame around the message.</summary>
    /// <returns>Whether the message is compressed.</returns>
    private static bool Unwrap(PooledBuffer body, string encoding)
    {
        try
        {
            bool isCompressed = GrpcFrame.Unwrap(body);
            if (isCompressed && encoding != "gzip")
            {
                throw new IngestException(
                    IngestError.MissingEncoding, "The frame says that the message is compressed, but no grpc-encoding says how.");
            }

            return isCompressed;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async Task<IngestReceipt> WaitAsync(Task<IngestReceipt> stored, TimeSpan timeout)
    {
        try
        {
            return await stored.WaitAsync(timeout, time);
        }
        catch (TimeoutException)
        {
            // The request is on its way into the journal and cannot be called back; sent again, it is recognised.
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

    private static void Fail(IFeatureCollection context, IHttpResponseFeature response, bool isGrpc, IngestFailure? failure)
    {
        if (failure is null || response.HasStarted)
        {
            // The sender is gone, or has half an answer.
            context.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        }
        else if (!isGrpc)
        {
            // Whoever sent this is no gRPC client and reads the HTTP status.
            response.StatusCode = ErrorStatus.Of(failure).Http;
        }
        else
        {
            response.Headers.ContentType = ContentType;
            response.Headers["grpc-status"] = ErrorStatus.Of(failure).Grpc.ToString(CultureInfo.InvariantCulture);
            response.Headers["grpc-message"] = GrpcMessageEncoding.Encode(failure.Message);
            response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(RpcStatusWriter.ToProtobuf(failure).Span).TrimEnd('=');
        }
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

    private static OtlpSignal? SignalOf(IHttpRequestFeature request) => request.Path switch
    {
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export" => OtlpSignal.Logs,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" => OtlpSignal.Metrics,
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export" => OtlpSignal.Traces,
        _ => null,
    };
}
