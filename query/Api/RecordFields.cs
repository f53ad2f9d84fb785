using System.Globalization;
using System.Text.Json;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Results;

namespace Observe.Query.Api;

/// <summary>Every field of records as answers show it, under the names of the query language.</summary>
internal static class RecordFields
{
    public static readonly IReadOnlyList<RecordField<LogRecord>> Logs =
    [
        Time<LogRecord>("timestamp", r => r.Timestamp),
        Text<LogRecord>("severity_text", r => r.SeverityText),
        Integer<LogRecord>("severity_number", r => r.SeverityNumber),
        Text<LogRecord>("service.name", r => r.ServiceName),
        new("body", "any", (writer, r) => JsonValue.Write(writer, r.Body)),
        Text<LogRecord>("trace_id", r => r.TraceId),
        Text<LogRecord>("span_id", r => r.SpanId),
        Object<LogRecord>("attributes", r => r.Attributes),
        Object<LogRecord>("resource", r => r.ResourceAttributes),
        Text<LogRecord>("event.name", r => r.EventName),
        new("observed_timestamp", "time", (writer, r) => WriteTimeOrNull(writer, r.ObservedTimestamp)) { Schema = Schema.Time.OrNull() },
        Text<LogRecord>("body_type", r => r.BodyType),
        .. Sent<LogRecord>(),
        .. Origin<LogRecord>(),
    ];

    public static readonly IReadOnlyList<RecordField<SpanRecord>> Spans =
    [
        Time<SpanRecord>("timestamp", r => r.Timestamp),
        new("duration", "duration", (writer, r) => writer.WriteNumberValue(r.DurationNs)),
        Text<SpanRecord>("service.name", r => r.ServiceName),
        Text<SpanRecord>("name", r => r.Name),
        Text<SpanRecord>("kind", r => Lower(r.Kind)),
        Text<SpanRecord>("status", r => Lower(r.Status)),
        Text<SpanRecord>("status_message", r => r.StatusMessage),
        Text<SpanRecord>("trace_id", r => r.TraceId),
        Text<SpanRecord>("span_id", r => r.SpanId),
        Text<SpanRecord>("parent_span_id", r => r.ParentSpanId),
        Object<SpanRecord>("attributes", r => r.Attributes),
        Object<SpanRecord>("resource", r => r.ResourceAttributes),
        new("events", "array", WriteEvents) { Schema = Schema.List(SpanPartSchemas.Event) },
        new("links", "array", WriteLinks) { Schema = Schema.List(SpanPartSchemas.Link) },
        Text<SpanRecord>("trace_state", r => r.TraceState),
        Integer<SpanRecord>("dropped_events_count", r => r.DroppedEventsCount),
        Integer<SpanRecord>("dropped_links_count", r => r.DroppedLinksCount),
        .. Sent<SpanRecord>(),
        .. Origin<SpanRecord>(),
    ];

    public static readonly IReadOnlyList<RecordField<SeriesRecord>> Series =
    [
        Text<SeriesRecord>("name", r => r.Name),
        Text<SeriesRecord>("type", r => r.Type),
        Text<SeriesRecord>("unit", r => r.Unit),
        Text<SeriesRecord>("service.name", r => r.ServiceName),
        Object<SeriesRecord>("attributes", r => r.Attributes),
        Object<SeriesRecord>("resource", r => r.ResourceAttributes),
        new("last_day", "string", (writer, r) => writer.WriteStringValue(Day(r.LastDay)))
        {
            Schema = Schema.Date.About("The last day (UTC) of those in the time range on which it was seen."),
        },
        Text<SeriesRecord>("description", r => r.Description),
        Text<SeriesRecord>("temporality", r => r.Temporality),
        new("monotonic", "bool", (writer, r) => writer.WriteBooleanValue(r.IsMonotonic)),
        Text<SeriesRecord>("series.id", r => r.SeriesId),
        Object<SeriesRecord>("metadata", r => r.Metadata),
        .. Origin<SeriesRecord>(),
    ];

    /// <summary>A day as answers have it.</summary>
    public static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public static string Lower<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>A log or a span as an object.</summary>
    public static void WriteObject(Utf8JsonWriter writer, TimedRecord record)
    {
        if (record is SpanRecord span)
        {
            AnswerParts.WriteObject(writer, Spans, span);
        }
        else
        {
            AnswerParts.WriteObject(writer, Logs, (LogRecord)record);
        }
    }

    private static IEnumerable<RecordField<TRecord>> Sent<TRecord>()
        where TRecord : TimedRecord =>
    [
        Integer<TRecord>("flags", r => r.Flags),
        Integer<TRecord>("dropped_attributes_count", r => r.DroppedAttributesCount),
    ];

    private static IEnumerable<RecordField<TRecord>> Origin<TRecord>()
        where TRecord : SearchRecord =>
    [
        Text<TRecord>("scope.name", r => r.ScopeName),
        Text<TRecord>("scope.version", r => r.ScopeVersion),
        Object<TRecord>("scope", r => r.ScopeAttributes),
        Text<TRecord>("scope.schema_url", r => r.ScopeSchemaUrl),
        Integer<TRecord>("scope.dropped_attributes_count", r => r.ScopeDroppedAttributesCount),
        Text<TRecord>("resource.schema_url", r => r.ResourceSchemaUrl),
        Integer<TRecord>("resource.dropped_attributes_count", r => r.ResourceDroppedAttributesCount),
    ];

    private static RecordField<TRecord> Time<TRecord>(string name, Func<TRecord, long> value) =>
        new(name, "time", (writer, record) => writer.WriteStringValue(Rfc3339.Format(value(record))));

    private static RecordField<TRecord> Text<TRecord>(string name, Func<TRecord, string> value) =>
        new(name, "string", (writer, record) => writer.WriteStringValue(value(record)));

    private static RecordField<TRecord> Integer<TRecord>(string name, Func<TRecord, long> value) =>
        new(name, "int", (writer, record) => writer.WriteNumberValue(value(record)));

    private static RecordField<TRecord> Object<TRecord>(string name, Func<TRecord, IReadOnlyDictionary<string, object?>> value) =>
        new(name, "object", (writer, record) => JsonValue.Write(writer, value(record)));

    private static void WriteTimeOrNull(Utf8JsonWriter writer, long time)
    {
        if (time == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(Rfc3339.Format(time));
        }
    }

    private static void WriteEvents(Utf8JsonWriter writer, SpanRecord span)
    {
        writer.WriteStartArray();
        foreach (SpanEvent e in span.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Rfc3339.Format(e.Timestamp));
            writer.WriteString("name", e.Name);
            writer.WritePropertyName("attributes");
            JsonValue.Write(writer, e.Attributes);
            writer.WriteNumber("dropped_attributes_count", e.DroppedAttributesCount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter writer, SpanRecord span)
    {
        writer.WriteStartArray();
        foreach (SpanLink link in span.Links)
        {
            writer.WriteStartObject();
            writer.WriteString("trace_id", link.TraceId);
            writer.WriteString("span_id", link.SpanId);
            writer.WriteString("trace_state", link.TraceState);
            writer.WriteNumber("flags", link.Flags);
            writer.WritePropertyName("attributes");
            JsonValue.Write(writer, link.Attributes);
            writer.WriteNumber("dropped_attributes_count", link.DroppedAttributesCount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
