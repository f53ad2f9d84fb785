using Observe.Query.Api.Declarations;
using Observe.Query.Execution;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/queries</c>.</summary>
internal static class QueriesSchemas
{
    private static readonly Schema Asked = Schema.Object
        .With("id", Schema.Integer)
        .With("kind", Schema.Text, "The route, or the page's question.")
        .With("query", Schema.Text.OrNull(), "As it was typed; null where there is none or it may not be kept.")
        .WithOptional("from", Schema.Time)
        .WithOptional("to", Schema.Time)
        .With("startedAt", Schema.Time);

    public static readonly Schema Running = Schema.Object
        .With("queries", Schema.List(Asked
            .With("caller", Schema.Text)
            .With("state", Schema.OneOf("running", "waiting"))
            .With("elapsedMs", Schema.Number)
            .With("busyMs", Schema.Number, "Time in which the engine worked for it.")
            .With("statements", Schema.Count)
            .Named("RunningQuery")))
        .Named("RunningQueries");

    public static readonly Schema Slow = Schema.Object
        .With("queries", Schema.List(PlanSchemas.PerhapsPlanned(Asked
            .With("outcome", Schema.OneOf([.. Enum.GetValues<QuestionOutcome>().Select(QuestionOutcomes.NameOf)]))
            .With("busyMs", Schema.Number)
            .With("waitedMs", Schema.Number)
            .With("statements", Schema.Count)
            .With("rowsRead", Schema.Count)
            .With("bytesRead", Schema.Count)
            .With("sql", Schema.Text, "Of the statement that took longest; cut when it is long."))
            .Named("SlowQuery")))
        .Named("SlowQueries");
}
