using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Receivers;

/// <summary>OTLP/HTTP, directly on Kestrel.</summary>
/// <remarks>
/// <list type="number">
/// <item>Path, method, content type and encoding are checked before a byte of the body is read.</item>
/// <item>The body is read, and decompressed, into pooled memory. JSON becomes protobuf.</item>
/// <item>The pipeline takes it over and answers when the rows are in the engine.</item>
/// <item>The response is in the encoding of the request.</item>
/// </list>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#otlphttp"/>
/// </remarks>
internal sealed class HttpReceiver(BodyReader bodies, IngestPipelines pipelines, ILogger<HttpReceiver> logger) : IHttpApplication<IFeatureCollection>
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
        string? mediaType = MediaType(request);
        ReadOnlyMemory<byte> answer;
        try
        {
            OtlpSignal signal = Check(request, response, mediaType);
            RecordTally result = await StoreAsync(context, request, signal, mediaType!);
            answer = mediaType == Json ? ExportResponseWriter.ToJson(signal, result) : ExportResponseWriter.ToProtobuf(result);
        }
        catch (IngestException e)
        {
            Refused.Log(logger, context, e.Failure);
            ErrorStatus status = ErrorStatus.Of(e.Failure.Error);
            response.StatusCode = status.Http;
            if (status.RetryAfter is { } delay)
            {
                response.Headers.RetryAfter = delay.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            }

            answer = mediaType == Protobuf ? RpcStatusWriter.ToProtobuf(e.Failure) : RpcStatusWriter.ToJson(e.Failure);
        }
        catch (Exception e) when (Refused.IsDisconnect(e))
        {
            return;
        }

        response.Headers.ContentType = mediaType == Protobuf ? Protobuf : Json;
        response.Headers.ContentLength = answer.Length;
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(answer);
    }

    private static OtlpSignal Check(IHttpRequestFeature request, IHttpResponseFeature response, string? mediaType)
    {
        OtlpSignal signal = request.Path switch
        {
            "/v1/logs" => OtlpSignal.Logs,
            "/v1/metrics" => OtlpSignal.Metrics,
            "/v1/traces" => OtlpSignal.Traces,
            _ => throw new IngestException(
                IngestError.NotFound, "There is nothing at this path. OTLP/HTTP is received at /v1/logs, /v1/metrics and /v1/traces."),
        };

        if (!HttpMethods.IsPost(request.Method))
        {
            response.Headers.Allow = HttpMethods.Post;
            throw new IngestException(IngestError.MethodNotAllowed, "OTLP/HTTP is received with POST.");
        }

        if (mediaType is not (Protobuf or Json))
        {
            throw new IngestException(IngestError.UnsupportedMediaType, $"The Content-Type must be {Protobuf} or {Json}.");
        }

        if (ContentEncoding(request) is not ("" or "identity" or "gzip"))
        {
            response.Headers.AcceptEncoding = "gzip";
            throw new IngestException(IngestError.UnsupportedEncoding, "The Content-Encoding must be gzip, or absent.");
        }

        return signal;
    }

    private async Task<RecordTally> StoreAsync(
        IFeatureCollection context, IHttpRequestFeature request, OtlpSignal signal, string mediaType)
    {
        PooledBuffer body = await bodies.ReadAsync(context, context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted);
        if (ContentEncoding(request) == "gzip")
        {
            body = bodies.Decompress(body);
        }

        if (mediaType == Json)
        {
            body = Transcode(signal, body);
        }

        return await pipelines.StoreAsync(signal, SenderKey.Of(context), body);
    }

    private PooledBuffer Transcode(OtlpSignal signal, PooledBuffer json)
    {
        PooledBuffer protobuf = bodies.CreateBuffer();
        try
        {
            using (json)
            {
                OtlpJsonTranscoder.Transcode(signal, json.Span, protobuf);
            }

            return protobuf;
        }
        catch
        {
            protobuf.Dispose();
            throw;
        }
    }

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
