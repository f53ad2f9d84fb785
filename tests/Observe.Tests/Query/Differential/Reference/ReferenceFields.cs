using System.Runtime.CompilerServices;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What a field's name means in records of a signal.</summary>
internal static class ReferenceFields
{
    private static readonly ConditionalWeakTable<TestMap, IReadOnlyDictionary<string, object?>> KnownLeaves = [];

    private static readonly Dictionary<string, ReferenceField> Common = new()
    {
        ["timestamp"] = new TimeField(record => record.Timestamp),
        ["service.name"] = new TextField(Service),
        ["service"] = new TextField(Service),
        ["event.name"] = new TextField(record => record.EventName),
        ["trace_id"] = new IdField(record => record.TraceId),
        ["span_id"] = new IdField(record => record.SpanId),
        ["scope.name"] = new TextField(record => record.Origin.ScopeName),
        ["scope.version"] = new TextField(record => record.Origin.ScopeVersion),
        ["flags"] = new NumberField(record => record.Number),
    };

    private static readonly Dictionary<string, ReferenceField> Logs = new(Common)
    {
        ["severity"] = new SeverityField(),
        ["severity_text"] = new TextField(record => record.SeverityText),
        ["severity_number"] = new NumberField(record => record.SeverityNumber),
        ["body"] = new TextField(Body),
        ["observed_timestamp"] = new TimeField(record => record.Observed),
    };

    private static readonly Dictionary<string, ReferenceField> Spans = new(Common)
    {
        ["name"] = new TextField(record => record.Name),
        ["duration"] = new DurationField(record => record.DurationNs),
        ["status"] = new NamesField(["unset", "ok", "error"], record => record.Status),
        ["status_message"] = new TextField(record => record.StatusMessage),
        ["kind"] = new NamesField(["unspecified", "internal", "server", "client", "producer", "consumer"], record => record.Kind),
        ["event.name"] = new TextsField(record => record.Events),
        ["parent_span_id"] = new IdField(record => record.ParentSpanId),
        ["trace_state"] = new TextField(record => record.TraceState),
    };

    /// <summary>The names of columns.</summary>
    public static IReadOnlyCollection<string> Columns(SearchSignal signal) => (signal == SearchSignal.Logs ? Logs : Spans).Keys;

    public static ReferenceField Resolve(SearchSignal signal, FieldName field) => field.Place switch
    {
        FieldPlace.Attribute => new AttributeField(field.Name, [Attributes]),
        FieldPlace.Resource => new AttributeField(field.Name, [Resource]),
        FieldPlace.Scope => new AttributeField(field.Name, [record => Leaves(record.Origin.Scope)]),
        FieldPlace.Body => new AttributeField(field.Name, [BodyFields]),
        _ => (signal == SearchSignal.Logs ? Logs : Spans).GetValueOrDefault(field.Name)
            ?? new AttributeField(field.Name, signal == SearchSignal.Logs ? [Attributes, BodyFields, Resource] : [Attributes, Resource]),
    };

    /// <summary>The texts in which words are looked for.</summary>
    public static IEnumerable<string> Searched(TestRecord record) =>
        record.Signal == SearchSignal.Logs ? [Body(record)] : [record.Name, record.StatusMessage];

    public static IReadOnlyDictionary<string, object?> Leaves(TestMap map) => KnownLeaves.GetValue(map, m => m.Leaves());

    private static IReadOnlyDictionary<string, object?> Attributes(TestRecord record) => Leaves(record.Attributes);

    private static IReadOnlyDictionary<string, object?> Resource(TestRecord record) =>
        Leaves(record.Origin.Resource) is var leaves && record.Origin.Service is { } service ? new Dictionary<string, object?>(leaves) { ["service.name"] = service } : leaves;

    private static IReadOnlyDictionary<string, object?> BodyFields(TestRecord record) => Leaves(record.Body as TestMap ?? TestMap.Of());

    public static string Service(TestRecord record) => record.Origin.Service ?? "unknown_service";

    private static string Body(TestRecord record) => record.Body switch
    {
        null => "",
        string text => text,
        double number => TestText.Number(number),
        byte[] bytes => Convert.ToBase64String(bytes),
        object value => TestText.Of(value),
    };
}
