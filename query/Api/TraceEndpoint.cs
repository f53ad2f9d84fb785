using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Query.Traces;
using Observe.Query.Traces.Otlp;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/traces/{traceId}</c></summary>
internal static class TraceEndpoint
{
    private static readonly ApiRoute Route = new("/api/v1/traces/{traceId}", "trace", ApiTags.Traces, "A whole trace: its spans and its logs, whenever they happened.")
    {
        Parameters =
        [
            ParameterKinds.RequiredText("traceId", "The id of the trace: 32 hexadecimal digits.", "4bf92f3577b34da6a3ce929d0e0e4736") with { Place = ParameterPlace.Path },
        ],
        Answers =
        [
            ApiAnswer.Of(Schema.AnyOf(TraceSchemas.Trace, TraceSchemas.Otlp), "The trace; with `Accept: application/json;otlp` its spans as OTLP/JSON, which any receiver takes."),
        ],
        Problems = [ProblemKind.NotFound, .. ProblemKind.OfQuestions],
    };

    public static void MapTrace(this IEndpointRouteBuilder routes) =>
        routes.MapApi(Route, (string traceId, HttpContext context, ITraceService traces) =>
            QueryRequestHandler.RunAsync(context, async (_, cancellationToken) =>
            {
                Trace? trace = await traces.GetTraceAsync(traceId, cancellationToken);
                if (trace is null)
                {
                    return Problems.NotFound($"No span and no log of the trace {traceId} is stored. It may not have arrived yet, or its sender does not sample it.");
                }

                return WantsOtlp(context.Request)
                    ? new JsonAnswer((writer, token) =>
                        OtlpTraceWriter.WriteAsync(writer, trace.Spans, () => JsonAnswer.FlushIfLargeAsync(writer, token)))
                    : new JsonAnswer((writer, token) => WriteAsync(writer, trace, token));
            }));

    /// <summary>Whether one of the accepted types is <c>application/json;otlp</c>: JSON with a parameter that has no value.</summary>
    private static bool WantsOtlp(HttpRequest request) => request.Headers.Accept
        .SelectMany(header => (header ?? "").Split(','))
        .Select(type => type.Split(';', StringSplitOptions.TrimEntries))
        .Any(parts => parts[0].Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && parts.Skip(1).Contains("otlp", StringComparer.OrdinalIgnoreCase));

    private static async Task WriteAsync(Utf8JsonWriter writer, Trace trace, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("trace_id", trace.TraceId);
        WriteSummary(writer, trace.Summary);
        writer.WriteStartArray("spans");
        for (int i = 0; i < trace.Spans.Count; i++)
        {
            WriteSpan(writer, trace.Spans[i], trace.Issues[i]);
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

    private static void WriteSummary(Utf8JsonWriter writer, TraceSummary summary)
    {
        writer.WriteStartObject("summary");
        writer.WriteString("rootService", summary.RootService);
        writer.WriteString("rootName", summary.RootName);
        writer.WriteString("start", summary.Start is { } start ? Rfc3339.Format(start) : null);
        if (summary.DurationNs is { } duration)
        {
            writer.WriteNumber("duration", duration);
        }
        else
        {
            writer.WriteNull("duration");
        }

        writer.WriteNumber("spanCount", summary.SpanCount);
        writer.WriteNumber("errorCount", summary.ErrorCount);
        writer.WriteStartArray("services");
        foreach (TraceServiceCount service in summary.Services)
        {
            writer.WriteStartObject();
            writer.WriteString("name", service.Name);
            writer.WriteNumber("spanCount", service.Spans);
            writer.WriteNumber("errorCount", service.Errors);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("incomplete", summary.Incomplete);
        writer.WriteNumber("roots", summary.RootCount);
        writer.WriteNumber("missingParents", summary.MissingParents);
        writer.WriteNumber("duplicateSpanIds", summary.DuplicateSpanIds);
        writer.WriteNumber("cyclic", summary.Cyclic);
        writer.WriteNumber("skewed", summary.Skewed);
        writer.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter writer, SpanRecord span, SpanIssues issues)
    {
        writer.WriteStartObject();
        foreach (RecordField<SpanRecord> field in RecordFields.Spans)
        {
            writer.WritePropertyName(field.Name);
            field.Write(writer, span);
        }

        writer.WriteStartArray("issues");
        foreach ((SpanIssues issue, string name) in SpanIssueNames.All)
        {
            if (issues.HasFlag(issue))
            {
                writer.WriteStringValue(name);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
