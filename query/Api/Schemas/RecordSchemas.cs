using Observe.Query.Api.Declarations;
using Observe.Query.Search;

namespace Observe.Query.Api.Schemas;

/// <summary>Logs and spans, by name, and the signals.</summary>
internal static class RecordSchemas
{
    public static readonly Schema Signal = Schema.OneOf("logs", "spans", "metrics");

    /// <summary>Signals whose records have times.</summary>
    public static readonly Schema TimedSignal = Schema.OneOf("logs", "spans");

    public static readonly Schema Log = Of(RecordFields.Logs).Named("Log");

    public static readonly Schema Span = Of(RecordFields.Spans).Named("Span");

    public static Schema Of<TRecord>(IEnumerable<RecordField<TRecord>> fields)
        where TRecord : SearchRecord =>
        fields.Aggregate(Schema.Object, (schema, field) => schema.With(field.Name, field.Schema));
}
