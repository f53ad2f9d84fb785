using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>What answers have in common.</summary>
internal static class AnswerSchemas
{
    public static readonly Schema Statistics = Schema.Object
        .With("elapsedMs", Schema.Number)
        .With("rowsRead", Schema.Count)
        .With("bytesRead", Schema.Count)
        .About("What the engine did for the answer.")
        .Named("Statistics");

    public static readonly Schema Notices = Schema.List(Schema.Text).About("What whoever reads the answer must know of it, such as a limit that cut it.").Named("Notices");

    public static readonly Schema Problem = Schema.Object
        .With("type", Schema.OneOf([.. ProblemKind.All.Select(kind => kind.Type).Distinct()]))
        .With("title", Schema.Text)
        .With("status", Schema.Integer)
        .With("detail", Schema.Text, "What is wrong and what to do, for people.")
        .WithOptional(
            "position",
            Schema.Object.With("line", Schema.Integer).With("column", Schema.Integer, "In UTF-16 characters.").With("length", Schema.Count),
            "Where in the query it is, counted from 1; with the type query-syntax.")
        .About("RFC 9457.")
        .Named("Problem");
}
