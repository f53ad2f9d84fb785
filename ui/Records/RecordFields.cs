using System.Globalization;

using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Ui.Time;

namespace Observe.Ui.Records;

/// <summary>From a record to everything that was sent with it, in the order in which people look for it.</summary>
public static class RecordFields
{
    // Attribute names that mean a column when they stand alone in a query.
    private static readonly HashSet<string> Columns = new(StringComparer.Ordinal)
    {
        "timestamp", "severity", "body", "service.name", "service", "trace_id", "span_id", "name", "kind", "status", "duration",
        "parent_span_id", "event.name", "scope.name", "scope.version",
    };

    private static readonly HashSet<string> SeriesColumns = new(StringComparer.Ordinal)
    {
        "name", "type", "unit", "description", "temporality", "monotonic", "last_day", "series.id", "service.name", "service", "scope.name", "scope.version",
    };

    public static IReadOnlyList<RecordFieldGroup> Of(SearchRecord record)
    {
        var groups = new List<RecordFieldGroup>
        {
            new("Attributes", Attributes(record), record is TimedRecord timed ? timed.DroppedAttributesCount : 0),
            record switch
            {
                SpanRecord span => new("Span", OfSpan(span)),
                SeriesRecord series => new("Metric", OfSeries(series)),
                _ => new("Log", OfLog((LogRecord)record)),
            },
            new("Resource", Resource(record)),
        };
        List<RecordField> scope = Scope(record);
        if (scope.Count > 0)
            groups.Add(new RecordFieldGroup("Scope", scope));

        groups.RemoveAll(group => group.Fields.Count == 0 && group.Dropped == 0);
        return groups;
    }

    private static List<RecordField> Attributes(SearchRecord record) =>
    [
        .. record.Attributes.Select(a =>
            new RecordField(a.Key, Filterable(a), a.Value, NeedsPlace(record, a.Key) ? FieldPlace.Attribute : FieldPlace.Any)),
    ];

    private static List<RecordField> Resource(SearchRecord record)
    {
        var fields = new List<RecordField>();
        foreach (KeyValuePair<string, object?> field in record.ResourceAttributes)
        {
            bool plain = field.Key == "service.name" || (!NeedsPlace(record, field.Key) && !record.Attributes.ContainsKey(field.Key));
            fields.Add(new RecordField(field.Key, Filterable(field), field.Value, plain ? FieldPlace.Any : FieldPlace.Resource));
        }

        return fields;
    }

    private static List<RecordField> Scope(SearchRecord record)
    {
        var fields = new List<RecordField>();
        if (record.ScopeName.Length > 0)
            fields.Add(new RecordField("name", "scope.name", record.ScopeName));
        if (record.ScopeVersion.Length > 0)
            fields.Add(new RecordField("version", null, record.ScopeVersion));
        fields.AddRange(record.ScopeAttributes.Select(a => new RecordField(a.Key, Filterable(a), a.Value, FieldPlace.Scope)));
        return fields;
    }

    private static List<RecordField> OfLog(LogRecord log)
    {
        List<RecordField> fields = [Time("timestamp", log.Timestamp)];
        if (log.ObservedTimestamp != 0)
            fields.Add(Time("observed_timestamp", log.ObservedTimestamp));
        if (log.SeverityNumber != 0)
            fields.Add(new RecordField("severity", "severity", Severity.Name(log.SeverityNumber), Note: $"number {log.SeverityNumber}"));
        AddText(fields, "severity_text", null, log.SeverityText);
        AddText(fields, "event.name", "event.name", log.EventName);
        AddIds(fields, log);
        if (log.Body is not null and not string)
            fields.Add(new RecordField("body", null, log.Body));
        return fields;
    }

    private static List<RecordField> OfSpan(SpanRecord span)
    {
        List<RecordField> fields =
        [
            new("name", "name", span.Name),
            new("kind", "kind", span.Kind.ToString().ToLowerInvariant()),
            new("status", "status", Severity.Name(span.Status)),
        ];
        AddText(fields, "status_message", null, span.StatusMessage);
        fields.Add(Time("timestamp", span.Timestamp));
        fields.Add(new RecordField("duration", null, span.DurationNs, Note: DurationText.Format(span.DurationNs)));
        AddIds(fields, span);
        AddText(fields, "parent_span_id", "parent_span_id", span.ParentSpanId);
        AddText(fields, "trace_state", null, span.TraceState);
        return fields;
    }

    /// <summary>A series' type for a list: delta, the rarer temporality, is said.</summary>
    public static string TypeOf(SeriesRecord series) => series.Type.Replace('_', ' ') + (series.Temporality == "delta" ? ", delta" : "");

    private static List<RecordField> OfSeries(SeriesRecord series)
    {
        List<RecordField> fields = [new("name", "name", series.Name), new("type", "type", series.Type)];
        AddText(fields, "unit", "unit", series.Unit);
        AddText(fields, "description", null, series.Description);
        if (series.Temporality != "unspecified")
            fields.Add(new RecordField("temporality", "temporality", series.Temporality));
        if (series.Type == "sum")
            fields.Add(new RecordField("monotonic", "monotonic", series.IsMonotonic));
        fields.Add(new RecordField("last_day", "last_day", series.LastDay.ToString("O", CultureInfo.InvariantCulture)));
        fields.Add(new RecordField("series.id", "series.id", series.SeriesId));
        fields.AddRange(series.Metadata.Select(m => new RecordField($"metadata.{m.Key}", null, m.Value)));
        return fields;
    }

    private static void AddIds(List<RecordField> fields, TimedRecord record)
    {
        AddText(fields, "trace_id", "trace_id", record.TraceId);
        AddText(fields, "span_id", "span_id", record.SpanId);
        if (record.Flags != 0)
            fields.Add(new RecordField("flags", null, (long)record.Flags, Note: (record.Flags & 1) != 0 ? "sampled" : null));
    }

    private static void AddText(List<RecordField> fields, string name, string? queryName, string value)
    {
        if (value.Length > 0)
            fields.Add(new RecordField(name, queryName, value));
    }

    private static RecordField Time(string name, long nanoseconds) => new(name, null, ViewerTime.Exact(nanoseconds));

    private static bool NeedsPlace(SearchRecord record, string name) =>
        (record is SeriesRecord ? SeriesColumns : Columns).Contains(name)
        || name.StartsWith("attr.", StringComparison.Ordinal)
        || name.StartsWith("resource.", StringComparison.Ordinal)
        || name.StartsWith("scope.", StringComparison.Ordinal)
        || name.StartsWith("body.", StringComparison.Ordinal);

    // A query compares with one value; lists and maps are only shown.
    private static string? Filterable(KeyValuePair<string, object?> field) => field.Value is string or long or double or bool ? field.Key : null;
}
