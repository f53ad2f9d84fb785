using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>What spans hold lists of.</summary>
internal static class SpanPartSchemas
{
    private static readonly Schema Attributes = Schema.Map(Schema.Any);

    public static readonly Schema Event = Schema.Object
        .With("timestamp", Schema.Time)
        .With("name", Schema.Text)
        .With("attributes", Attributes)
        .With("dropped_attributes_count", Schema.Count)
        .Named("SpanEvent");

    public static readonly Schema Link = Schema.Object
        .With("trace_id", Schema.Text)
        .With("span_id", Schema.Text)
        .With("trace_state", Schema.Text)
        .With("flags", Schema.Count)
        .With("attributes", Attributes)
        .With("dropped_attributes_count", Schema.Count)
        .Named("SpanLink");
}
