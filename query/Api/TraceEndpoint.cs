using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Search;
using Observe.Query.Traces;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/traces/{traceId}</c></summary>
internal static class TraceEndpoint
{
    public static void MapTrace(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/traces/{traceId}", (string traceId, HttpContext context, ITraceService traces) =>
            QueryRequestHandler.RunAsync(context, async (_, cancellationToken) =>
            {
                Trace? trace = await traces.GetTraceAsync(traceId, cancellationToken);
                return trace is null
                    ? Problems.NotFound($"No span and no log of the trace {traceId} is stored. It may not have arrived yet, or its sender does not sample it.")
                    : new JsonAnswer((writer, token) => WriteAsync(writer, trace, token));
            }));

    private static async Task WriteAsync(Utf8JsonWriter writer, Trace trace, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("trace_id", trace.TraceId);
        writer.WriteStartArray("spans");
        foreach (SpanRecord span in trace.Spans)
        {
            AnswerParts.WriteObject(writer, RecordFields.Spans, span);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("logs");
        foreach (LogRecord log in trace.Logs)
        {
            AnswerParts.WriteObject(writer, RecordFields.Logs, log);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        AnswerParts.WriteNotices(writer, trace.Notices);
        writer.WriteEndObject();
    }
}
