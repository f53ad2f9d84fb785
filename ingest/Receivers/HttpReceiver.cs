using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>OTLP/HTTP, directly on Kestrel.</summary>
/// <remarks>
/// <list type="number">
/// <item>Path, method, content type and encoding are checked before a byte of the body is read.</item>
/// <item>The body is read, and decompressed, into pooled memory. JSON becomes protobuf.</item>
/// <item>The pipeline takes it over and answers when the journal has it.</item>
/// <item>The response is in the encoding of the request.</item>
/// </list>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#otlphttp"/>
/// </remarks>
internal sealed class HttpReceiver(
    BodyReader bodies, BodyTransformer transformer, IngestPipelines pipelines, RefusedRequests refused, ILogger<HttpReceiver> logger)
    : IHttpApplication<IFeatureCollection>
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

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
        string? mediaType = MediaType(request);
        try
        {
            OtlpSignal known = Check(request, response, signal, mediaType);
            sender.Rate.Admit();
            IngestReceipt result = await StoreAsync(context, request, sender, known, mediaType == Json);
            await WriteAsync(
                context, response, mediaType, mediaType == Json ? ExportResponseWriter.ToJson(known, result) : ExportResponseWriter.ToProtobuf(result));
        }
        catch (Exception e)
        {
            await FailAsync(context, response, mediaType, refused.Handle(logger, signal, sender, e));
        }
    }

    private static OtlpSignal Check(IHttpRequestFeature request, IHttpResponseFeature response, OtlpSignal? signal, string? mediaType)
    {
        if (signal is not { } known)
        {
            throw new IngestException(
                IngestError.NotFound, "There is nothing at this path. OTLP/HTTP is received at /v1/logs, /v1/metrics and /v1/traces.");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            response.Headers.Allow = HttpMethods.Post;
            throw new IngestException(IngestError.MethodNotAllowed, "OTLP/HTTP is received with POST.");
        }

        if (mediaType is not (Protobuf or Json))
        {
            throw new IngestException(IngestError.UnsupportedMediaType, $"The Content-Type must be {Protobuf} or {Json}.");
        }

        if (ContentEncoding(request) is not ("" or "identity" or "gzip" or "x-gzip"))
        {
            response.Headers.AcceptEncoding = "gzip";
            throw new IngestException(IngestError.UnsupportedEncoding, "The Content-Encoding must be gzip, or absent.");
        }

        return known;
    }

    private async Task<IngestReceipt> StoreAsync(
        IFeatureCollection context, IHttpRequestFeature request, Sender sender, OtlpSignal signal, bool isJson)
    {
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        bool isGzip = ContentEncoding(request) is "gzip" or "x-gzip"; // RFC 9110: the same
        PooledBuffer body = await bodies.ReadAsync(context, sender, 0, aborted);
        return await pipelines.AcceptAsync(signal, sender.Key, await transformer.TransformAsync(body, sender, signal, isGzip, isJson, aborted));
    }

    private static async Task FailAsync(IFeatureCollection context, IHttpResponseFeature response, string? mediaType, IngestFailure? failure)
    {
        if (failure is null || response.HasStarted)
        {
            // The sender is gone, or has half an answer.
            context.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
            return;
        }

        ErrorStatus status = ErrorStatus.Of(failure);
        response.StatusCode = status.Http;
        if (status.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = delay.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        if (failure.Error == IngestError.TooSlow)
        {
            // Otherwise the server would wait for the rest of the body.
            response.Headers.Connection = "close";
        }

        await WriteAsync(
            context, response, mediaType, mediaType == Protobuf ? RpcStatusWriter.ToProtobuf(failure) : RpcStatusWriter.ToJson(failure));
    }

    private static async Task WriteAsync(IFeatureCollection context, IHttpResponseFeature response, string? mediaType, ReadOnlyMemory<byte> answer)
    {
        response.Headers.ContentType = mediaType == Protobuf ? Protobuf : Json;
        response.Headers.ContentLength = answer.Length;
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(answer);
    }

    private static OtlpSignal? SignalOf(IHttpRequestFeature request) => request.Path switch
    {
        "/v1/logs" => OtlpSignal.Logs,
        "/v1/metrics" => OtlpSignal.Metrics,
        "/v1/traces" => OtlpSignal.Traces,
        _ => null,
    };

    private static string? MediaType(IHttpRequestFeature request)
    {
        StringSegment header = request.Headers.ContentType.ToString();
        int parameters = header.IndexOf(';');
        StringSegment type = (parameters < 0 ? header : header.Subsegment(0, parameters)).Trim();
        return type.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) ? Protobuf
            : type.Equals(Json, StringComparison.OrdinalIgnoreCase) ? Json
            : null;
    }

    private static string ContentEncoding(IHttpRequestFeature request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
}
