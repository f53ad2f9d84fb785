using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Compilation;
using Observe.Query.Correlation;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/correlate/{id}</c> and <c>/api/v1/correlate?id=</c>: everything that carries an id.</summary>
internal static class CorrelateEndpoint
{
    private const string Earliest = "1970-01-01T00:00:00Z";

    private static readonly Parameter<string?> Id = ParameterKinds.RequiredText(
        "id", "Any id in any spelling: case, dashes, braces, urn:uuid:, base64, traceparent.", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736");

    private static readonly Parameter<string?> From =
        ParameterKinds.Text("from", CommonParameters.From.Description + " When neither end is said, all that is kept is looked at.", "now-1d", Earliest);

    private static readonly Parameter<int> Limit =
        ParameterKinds.Count("limit", "Records of the timeline at most, the latest.", CorrelationLimits.DefaultRecords, QueryLimits.MaxRecords);

    private static readonly Parameter<bool> Expand = ParameterKinds.Choice(
        "expand", $"traces adds the rest of up to {CorrelationLimits.MaxTraces} traces that carry the id.", false, ("traces", true));

    private static readonly Parameter<bool> InText = ParameterKinds.Flag("text", "Take logs too that have the id in their text. When no record carries it, they are looked for in any case.");

    private static readonly ApiRoute Route = new("/api/v1/correlate", "correlate", ApiTags.Traces, "Everything that carries an id, in order of time.")
    {
        Parameters = [Id, From, CommonParameters.To, Limit, Expand, InText],
        Answers = [ApiAnswer.Of(CorrelateSchemas.Timeline, "The records, and what is known of the id. An id that nothing carries has an empty timeline and a notice.")],
        Problems = ProblemKind.OfQuestions,
    };

    private static readonly ApiRoute PathRoute = Route with
    {
        Path = "/api/v1/correlate/{id}",
        Id = "correlateById",
        Pattern = "/api/v1/correlate/{**id}",
        Description = "The same as /api/v1/correlate?id=, for ids that a path can hold.",
        Parameters = [Id with { Place = ParameterPlace.Path }, From, CommonParameters.To, Limit, Expand, InText],
    };

    public static void MapCorrelate(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(Route, (HttpContext context, ICorrelationService correlation, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, (parameters, cancellationToken) => AnswerAsync(parameters.Get(Id) ?? "", parameters, correlation, time, cancellationToken)));

        // The server leaves an escaped slash in a path escaped; everything else it has read already.
        routes.MapApi(PathRoute, (string id, HttpContext context, ICorrelationService correlation, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, (parameters, cancellationToken) =>
                AnswerAsync(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), parameters, correlation, time, cancellationToken)));
    }

    private static async Task<IResult> AnswerAsync(
        string id, QueryParameters parameters, ICorrelationService correlation, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = new CorrelationRequest(id, RangeOf(parameters, time), parameters.Get(Limit), parameters.Get(Expand), parameters.Get(InText));
        CorrelationTimeline timeline = await correlation.GetAsync(request, cancellationToken);
        return new JsonAnswer((writer, token) => WriteAsync(writer, timeline, token));
    }

    private static TimeRange? RangeOf(QueryParameters parameters, TimeProvider time)
    {
        (string? from, string? to) = (parameters.Get(From), parameters.Get(CommonParameters.To));
        return string.IsNullOrWhiteSpace(from) && string.IsNullOrWhiteSpace(to) ? null
            : TimeRangeExpression.Parse(string.IsNullOrWhiteSpace(from) ? Earliest : from, to, time);
    }

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
