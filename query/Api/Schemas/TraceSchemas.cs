using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/traces/{traceId}</c>.</summary>
internal static class TraceSchemas
{
    private static readonly Schema Service = Schema.Object
        .With("name", Schema.Text)
        .With("spanCount", Schema.Count)
        .With("errorCount", Schema.Count)
        .Named("TraceService");

    private static readonly Schema Summary = Schema.Object
        .With("rootService", Schema.Text.OrNull(), "Of the first span without a parent.")
        .With("rootName", Schema.Text.OrNull())
        .With("start", Schema.Time.OrNull(), "Of the earliest span.")
        .With("duration", Schema.Integer.OrNull(), "To the latest end of a span, in nanoseconds.")
        .With("spanCount", Schema.Count)
        .With("errorCount", Schema.Count)
        .With("services", Schema.List(Service))
        .With("incomplete", Schema.Flag, "Whether the root or a parent is not stored.")
        .With("roots", Schema.Count)
        .With("missingParents", Schema.Count)
        .With("duplicateSpanIds", Schema.Count)
        .With("cyclic", Schema.Count, "Spans that are their own ancestors.")
        .With("skewed", Schema.Count, "Spans that begin before their parent does, which clocks that differ explain.")
        .About("The whole trace, also where not all of its spans are in the answer.")
        .Named("TraceSummary");

    public static readonly Schema Trace = Schema.Object
        .With("trace_id", Schema.Text)
        .With("summary", Summary)
        .With("spans", Schema.List(RecordSchemas.Of(RecordFields.Spans)
            .With("issues", Schema.List(Schema.OneOf([.. SpanIssueNames.All.Select(issue => issue.Name)])))
            .Named("TraceSpan")))
        .With("logs", Schema.List(RecordSchemas.Log))
        .With("notices", AnswerSchemas.Notices)
        .Named("Trace");

    public static readonly Schema Otlp = Schema.Object
        .With("resourceSpans", Schema.List(Schema.Map(Schema.Any)))
        .About("TracesData in JSON, see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.")
        .Named("OtlpTraces");
}
