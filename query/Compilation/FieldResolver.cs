using Observe.Query.Compilation.Targets;
using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Query.Compilation;

/// <summary>Finds what a field's name stands for.</summary>
/// <remarks>
/// A name without a prefix that is no column is looked for in the record's attributes, the fields of its body (logs) and its resource, and
/// a condition holds when it holds in one of these places.
/// </remarks>
public sealed class FieldResolver : FieldScope
{
    private readonly SearchSignal _signal;
    private readonly Dictionary<string, FieldTarget> _columns;

    public FieldResolver(SearchSignal signal, TimeProvider time)
    {
        _signal = signal;
        BuiltIn = signal == SearchSignal.Logs ? Logs(time) : Spans(time);
        _columns = BuiltIn.ToDictionary(field => field.Name, field => field.Target, StringComparer.Ordinal);
        _columns["service"] = _columns["service.name"];
    }

    /// <summary>The columns, in the order in which people look for them.</summary>
    public IReadOnlyList<BuiltInField> BuiltIn { get; }

    /// <summary>Whether a name without a prefix is a column.</summary>
    public bool IsColumn(string name) => _columns.ContainsKey(name);

    public override FieldTarget Text(TextSpan span) => _signal == SearchSignal.Logs
        ? _columns["body"]
        : new AnyOfTarget([_columns["name"], _columns["status_message"]]);

    public override string CarriesId(ParameterBag parameters, string id, TextSpan span) => CorrelationCondition.Compile(parameters, id, span);

    public override FieldResolver Spans(TextSpan span) => _signal == SearchSignal.Spans
        ? this
        : throw new QuerySyntaxException("Logs have no spans above them: write spans before the filter.", span);

    public override FieldTarget Resolve(FieldName field) => field.Place switch
    {
        FieldPlace.Attribute => new AttributeTarget("Attributes", field.Name),
        FieldPlace.Resource => Resource(field.Name),
        FieldPlace.Scope => new ReferencedTarget("ScopeId", "scopes", new AttributeTarget("Attributes", field.Name)),
        FieldPlace.Body when _signal == SearchSignal.Logs => new AttributeTarget("BodyFields", field.Name),
        FieldPlace.Body => throw new QuerySyntaxException("Spans have no body.", field.Span),
        _ => _columns.GetValueOrDefault(field.Name) ?? AnyPlace(field.Name),
    };

    private AnyOfTarget AnyPlace(string name) => new(_signal == SearchSignal.Logs
        ? [new AttributeTarget("Attributes", name), new AttributeTarget("BodyFields", name), Resource(name)]
        : [new AttributeTarget("Attributes", name), Resource(name)]);

    private static ReferencedTarget Resource(string name) => new("ResourceId", "resources", new AttributeTarget("Attributes", name));

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
    ];

    private static List<BuiltInField> Spans(TimeProvider time) =>
    [
        new("timestamp", "time", new TimeColumn("Timestamp", time)),
        new("service.name", "string", new TextColumn("ServiceName")),
        new("name", "string", new IndexedTextColumn("Name")),
        new("duration", "duration", new DurationColumn("DurationNs")),
        new("status", "string", new EnumColumn("StatusCode", ["unset", "ok", "error"])),
        new("status_message", "string", new IndexedTextColumn("StatusMessage")),
        new("kind", "string", new EnumColumn("Kind", ["unspecified", "internal", "server", "client", "producer", "consumer"])),
        new("event.name", "array", new TextArrayColumn("Events.Name")),
        new("trace_id", "string", new IdColumn("TraceId", HexId.TraceIdBytes)),
        new("span_id", "string", new IdColumn("SpanId", HexId.SpanIdBytes)),
        new("parent_span_id", "string", new IdColumn("ParentSpanId", HexId.SpanIdBytes)),
        new("trace_state", "string", new TextColumn("TraceState")),
        .. Scope(),
    ];

    private static List<BuiltInField> Scope() =>
    [
        new("scope.name", "string", new TextColumn("ScopeName")),
        new("scope.version", "string", new ReferencedTarget("ScopeId", "scopes", new TextColumn("Version"))),
        new("flags", "int", new NumberColumn("Flags")),
    ];
}
