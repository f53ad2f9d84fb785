using Observe.Query.Compilation.Targets;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Batches;

namespace Observe.Query.Compilation;

/// <summary>Finds what a field's name stands for.</summary>
/// <remarks>
/// A name without a prefix that is no column is looked for in the record's attributes, the fields of its body (logs) and its resource, and
/// a condition holds when it holds in one of these places. Where it is known in which places a name occurs, only those are asked.
/// </remarks>
public sealed class FieldResolver : FieldScope
{
    /// <summary>A series' id as the bytes of its digits, as the ids of spans are kept.</summary>
    private const string SeriesIdBytes = "reinterpretAsFixedString(byteSwap(SeriesId))";

    private static readonly string[] MetricTypes = ["gauge", "sum", "histogram", "exponential_histogram", "summary"];

    private static readonly string[] Temporalities = ["unspecified", "cumulative", "delta"];

    private readonly SearchSignal _signal;
    private readonly FieldTypes _types;
    private readonly Dictionary<string, FieldTarget> _columns;

    /// <param name="signal">Whose fields.</param>
    /// <param name="time">For points in time that are relative to now.</param>
    /// <param name="types">What is known of the fields that are going to be resolved; without it each may be anywhere, with every type.</param>
    public FieldResolver(SearchSignal signal, TimeProvider time, FieldTypes? types = null)
    {
        _signal = signal;
        _types = types ?? FieldTypes.Unknown;
        BuiltIn = signal switch
        {
            SearchSignal.Logs => Logs(time),
            SearchSignal.Spans => Spans(time),
            _ => Series(time),
        };
        _columns = BuiltIn.ToDictionary(field => field.Name, field => field.Target, StringComparer.Ordinal);
        _columns["service"] = _columns["service.name"];
    }

    /// <summary>Whether anything is known of the fields.</summary>
    internal bool HasTypes => _types != FieldTypes.Unknown;

    /// <summary>The columns, in the order in which people look for them.</summary>
    public IReadOnlyList<BuiltInField> BuiltIn { get; }

    /// <summary>SQL of the records' point in time; null for series, which have none.</summary>
    internal string? Time => _signal == SearchSignal.Metrics ? null : "Timestamp";

    /// <summary>Whether a name without a prefix is a column.</summary>
    public bool IsColumn(string name) => _columns.ContainsKey(name);

    /// <summary>Whether the field is a column, of which the catalogue need not be asked.</summary>
    public bool IsColumn(FieldName field) => field.Place == FieldPlace.Any && IsColumn(field.Name);

    public override FieldTarget Text(TextSpan span) => _signal switch
    {
        SearchSignal.Logs => _columns["body"],
        SearchSignal.Spans => new AnyOfTarget([_columns["name"], _columns["status_message"]]),
        _ => new AnyOfTarget([_columns["name"], _columns["description"]]),
    };

    public override string CarriesId(ParameterBag parameters, string id, TextSpan span) => _signal != SearchSignal.Metrics
        ? CorrelationCondition.Compile(parameters, id, span)
        : throw new QuerySyntaxException("Metric series carry no ids of traces or records: look for the id in logs or spans, or for a series by series.id=.", span);

    public override FieldResolver Spans(TextSpan span) => _signal switch
    {
        SearchSignal.Spans => this,
        SearchSignal.Logs => throw new QuerySyntaxException("Logs have no spans above them: write spans before the filter.", span),
        _ => throw new QuerySyntaxException("Metric series belong to no traces: write spans in place of metrics.", span),
    };

    public override FieldTarget Resolve(FieldName field) =>
        IsColumn(field) ? _columns[field.Name] : In(Places(field), field);

    /// <summary>The places in which a field that is no column is looked for, in the order in which its values are taken.</summary>
    /// <exception cref="QuerySyntaxException">There is no such place.</exception>
    internal IReadOnlyList<FieldSource> Places(FieldName field) => field.Place switch
    {
        FieldPlace.Attribute => [FieldSource.Attribute],
        FieldPlace.Resource => [FieldSource.Resource],
        FieldPlace.Scope => [FieldSource.Scope],
        FieldPlace.Body when _signal == SearchSignal.Logs => [FieldSource.Body],
        FieldPlace.Body => throw new QuerySyntaxException(_signal == SearchSignal.Spans ? "Spans have no body." : "Metric series have no body.", field.Span),
        _ when _signal == SearchSignal.Logs => [FieldSource.Attribute, FieldSource.Body, FieldSource.Resource],
        _ => [FieldSource.Attribute, FieldSource.Resource],
    };

    private FieldTarget In(IReadOnlyList<FieldSource> places, FieldName field)
    {
        string name = field.Name;
        if (!AttributePath.CanBeAsked(name))
        {
            throw new QuerySyntaxException("Fields with .:` in their name are kept, but cannot be asked for: look at whole records.", field.Span);
        }

        List<(FieldSource Source, AttributeTypes Types)> known =
            [.. places.Select(source => (source, _types.Of(source, name))).Where(place => place.Item2 != AttributeTypes.None)];
        bool hasNumbers = known.Exists(place => (place.Types & AttributeTypes.Numbers) != 0);
        Action? noteNumber = known.Count > 0 && !hasNumbers ? () => _types.NoteTextAsNumber(name) : null;
        List<FieldTarget> targets = [.. known.Select(place => Target(place.Source, name, place.Types, noteNumber))];
        return targets.Count switch
        {
            0 => new AttributeTarget("Attributes", name, AttributeTypes.None),
            1 => targets[0],
            _ => new AnyOfTarget(targets),
        };
    }

    private static FieldTarget Target(FieldSource source, string name, AttributeTypes types, Action? noteNumber)
    {
        var attribute = new AttributeTarget(source == FieldSource.Body ? "BodyFields" : "Attributes", name, types, noteNumber);
        return source switch
        {
            FieldSource.Resource => new ReferencedTarget("ResourceId", "resources", attribute),
            FieldSource.Scope => new ReferencedTarget("ScopeId", "scopes", attribute),
            _ => attribute,
        };
    }

    private static List<BuiltInField> Logs(TimeProvider time) =>
    [
        new("timestamp", "time", new TimeColumn("Timestamp", time)),
        new("severity", "string", new SeverityColumn()),
        new("service.name", "string", new TextColumn("ServiceName")),
        new("body", "string", new IndexedTextColumn("Body")),
        new("event.name", "string", new TextColumn("EventName")),
        new("trace_id", "string", new IdColumn("TraceId", HexId.TraceIdBytes)),
        new("span_id", "string", new IdColumn("SpanId", HexId.SpanIdBytes)),
        new("severity_text", "string", new TextColumn("SeverityText")),
        new("severity_number", "int", new NumberColumn("SeverityNumber")),
        new("observed_timestamp", "time", new TimeColumn("ObservedTimestamp", time)),
        .. Scope(),
        Flags(),
    ];

    private static List<BuiltInField> Spans(TimeProvider time) =>
    [
        new("timestamp", "time", new TimeColumn("Timestamp", time)),
        new("service.name", "string", new TextColumn("ServiceName")),
        new("name", "string", new IndexedTextColumn("Name")),
        new("duration", "duration", new DurationColumn("DurationNs")),
        new("status", "string", new EnumColumn("StatusCode", ["unset", "error", "ok"])),
        new("status_message", "string", new IndexedTextColumn("StatusMessage")),
        new("kind", "string", new EnumColumn("Kind", ["unspecified", "server", "client", "internal", "producer", "consumer"])),
        new("event.name", "array", new TextArrayColumn("Events.Name")),
        new("trace_id", "string", new IdColumn("TraceId", HexId.TraceIdBytes)),
        new("span_id", "string", new IdColumn("SpanId", HexId.SpanIdBytes)),
        new("parent_span_id", "string", new IdColumn("ParentSpanId", HexId.SpanIdBytes)),
        new("trace_state", "string", new TextColumn("TraceState")),
        .. Scope(),
        Flags(),
    ];

    private static List<BuiltInField> Series(TimeProvider time) =>
    [
        new("name", "string", new TextColumn("MetricName")),
        new("type", "string", new EnumColumn("Type", MetricTypes, hasNone: false)),
        new("unit", "string", new TextColumn("Unit")),
        new("service.name", "string", new TextColumn("ServiceName")),
        new("description", "string", new TextColumn("Description")),
        new("temporality", "string", new EnumColumn("Temporality", Temporalities)),
        new("monotonic", "bool", new BoolColumn("IsMonotonic")),
        new("last_day", "string", new DayColumn("Day", time)),
        new("series.id", "string", new IdColumn(SeriesIdBytes, sizeof(ulong))),
        .. Scope(),
    ];

    private static List<BuiltInField> Scope() =>
    [
        new("scope.name", "string", new TextColumn("ScopeName")),
        new("scope.version", "string", new ReferencedTarget("ScopeId", "scopes", new TextColumn("Version"))),
    ];

    private static BuiltInField Flags() => new("flags", "int", new NumberColumn("Flags"));
}
