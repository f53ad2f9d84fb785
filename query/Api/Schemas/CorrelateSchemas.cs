using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answer of <c>/correlate</c>.</summary>
internal static class CorrelateSchemas
{
    private static readonly Schema Counts = Schema.Object
        .With("logs", Schema.Count)
        .With("spans", Schema.Count)
        .With("errors", Schema.Count, "Logs of severity error and above, and spans with status error.")
        .With("first", Schema.Time.OrNull())
        .With("last", Schema.Time.OrNull())
        .With("complete", Schema.Flag, "Whether all were counted; if not, there are at least so many.")
        .WithOptional("approximate", Schema.Count, "About how many there are, where not all were counted.")
        .Named("CorrelationCounts");

    private static readonly Schema Service = Schema.Object
        .With("name", Schema.Text)
        .With("first", Schema.Time.OrNull())
        .With("last", Schema.Time.OrNull())
        .With("logs", Schema.Count)
        .With("spans", Schema.Count)
        .With("errors", Schema.Count)
        .Named("ServicePassage");

    private static readonly Schema Field = Schema.Object
        .With("name", Schema.Text)
        .With("records", Schema.Count)
        .Named("IdField");

    private static readonly Schema Related = Schema.Object
        .With("id", Schema.Text)
        .With("field", Schema.Text.OrNull(), "One that holds it; null where only records outside the timeline have it.")
        .With("records", Schema.Count, "Records that carry both.")
        .Named("RelatedId");

    private static readonly Schema Entry = Schema.Object
        .With("signal", RecordSchemas.Signal)
        .With("expanded", Schema.Flag, "Whether the record does not carry the id but belongs to a trace that does.")
        .With("record", Schema.AnyOf(RecordSchemas.Log, RecordSchemas.Span))
        .Named("TimelineEntry");

    public static readonly Schema Timeline = Schema.Object
        .With("id", Schema.Text)
        .With("counts", Counts)
        .With("services", Schema.List(Service), "In the order in which they saw the id first.")
        .With("fields", Schema.List(Field), "Those under which it was found.")
        .With("ids", Schema.List(Related), "Other ids that its records carry, the most frequent.")
        .With("timeline", Schema.List(Entry), "In order of time, a span before its logs.")
        .With("stats", AnswerSchemas.Statistics)
        .With("notices", AnswerSchemas.Notices)
        .Named("Timeline");
}
