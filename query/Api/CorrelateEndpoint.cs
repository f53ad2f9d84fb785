using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Compilation;
using Observe.Query.Correlation;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/correlate/{id}</c> and <c>/api/v1/correlate?id=</c>: everything that carries an id.</summary>
internal static class CorrelateEndpoint
{
    private const string From = "1970-01-01T00:00:00Z";

    public static void MapCorrelate(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/correlate/{**id}", (string? id, HttpContext context, ICorrelationService correlation, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new CorrelationRequest(
                    IdOf(id, parameters),
                    RangeOf(parameters, time),
                    parameters.Count("limit", CorrelationLimits.DefaultRecords, QueryLimits.MaxRecords),
                    ExpandTraces(parameters["expand"]),
                    SearchText(parameters["text"]));
                CorrelationTimeline timeline = await correlation.GetAsync(request, cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, timeline, token));
            }));

    /// <summary>The server leaves an escaped slash in a path escaped; everything else it has read already.</summary>
    private static string IdOf(string? path, QueryParameters parameters) =>
        parameters["id"] is { Length: > 0 } id ? id : (path ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static TimeRange? RangeOf(QueryParameters parameters, TimeProvider time) =>
        string.IsNullOrWhiteSpace(parameters["from"]) && string.IsNullOrWhiteSpace(parameters["to"])
            ? null
            : TimeRangeExpression.Parse(string.IsNullOrWhiteSpace(parameters["from"]) ? From : parameters["from"], parameters["to"], time);

    private static bool ExpandTraces(string? text) => text switch
    {
        null or "" => false,
        "traces" => true,
        _ => throw new FormatException($"expand is traces, or not there; not \"{text}\"."),
    };

    private static bool SearchText(string? text) => text switch
    {
        null or "" or "false" => false,
        "true" => true,
        _ => throw new FormatException($"text is true or false; not \"{text}\"."),
    };

    private static async Task WriteAsync(Utf8JsonWriter writer, CorrelationTimeline timeline, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("id", timeline.Spellings.Id);
        WriteCounts(writer, timeline.Counts);
        WriteServices(writer, timeline.Services);
        WriteFields(writer, timeline.Fields);
        WriteRelated(writer, timeline.RelatedIds);
        writer.WriteStartArray("timeline");
        foreach (TimelineEntry entry in timeline.Entries)
        {
            writer.WriteStartObject();
            writer.WriteString("signal", RecordFields.Lower(entry.Signal));
            writer.WriteBoolean("expanded", entry.IsExpanded);
            writer.WritePropertyName("record");
            RecordFields.WriteObject(writer, entry.Record);
            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        AnswerParts.WriteStatistics(writer, timeline.Statistics);
        AnswerParts.WriteNotices(writer, timeline.Notices);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, CorrelationCounts counts)
    {
        writer.WriteStartObject("counts");
        writer.WriteNumber("logs", counts.Logs);
        writer.WriteNumber("spans", counts.Spans);
        writer.WriteNumber("errors", counts.Errors);
        WriteTime(writer, "first", counts.FirstNs);
        WriteTime(writer, "last", counts.LastNs);
        writer.WriteBoolean("complete", counts.IsComplete);
        if (counts.Approximate is { } approximate)
        {
            writer.WriteNumber("approximate", approximate);
        }

        writer.WriteEndObject();
    }

    private static void WriteServices(Utf8JsonWriter writer, IReadOnlyList<ServicePassage> services)
    {
        writer.WriteStartArray("services");
        foreach (ServicePassage service in services)
        {
            writer.WriteStartObject();
            writer.WriteString("name", service.Name);
            WriteTime(writer, "first", service.FirstNs);
            WriteTime(writer, "last", service.LastNs);
            writer.WriteNumber("logs", service.Logs);
            writer.WriteNumber("spans", service.Spans);
            writer.WriteNumber("errors", service.Errors);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter writer, IReadOnlyList<IdField> fields)
    {
        writer.WriteStartArray("fields");
        foreach (IdField field in fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteNumber("records", field.Records);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRelated(Utf8JsonWriter writer, IReadOnlyList<RelatedId> related)
    {
        writer.WriteStartArray("ids");
        foreach (RelatedId id in related)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id.Id);
            writer.WriteString("field", id.Field);
            writer.WriteNumber("records", id.Records);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, long time)
    {
        if (time == 0)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, Rfc3339.Format(time));
        }
    }
}
