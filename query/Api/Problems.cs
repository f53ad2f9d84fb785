using Microsoft.AspNetCore.Http;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Api;

/// <summary>Errors as RFC 9457 problem documents. Which kinds there are, <see cref="ProblemKind"/> says.</summary>
internal static class Problems
{
    /// <param name="query">The text that the position is a part of.</param>
    public static IResult Syntax(QuerySyntaxException error, string query)
    {
        (int line, int column) = LineAndColumn(query, error.Position.Start);
        return Create(
            ProblemKind.QuerySyntax, error.Message,
            new Dictionary<string, object?> { ["position"] = new Dictionary<string, int> { ["line"] = line, ["column"] = column, ["length"] = error.Position.Length } });
    }

    public static IResult Parameter(string detail) => Create(ProblemKind.Parameter, detail);

    public static IResult NotFound(string detail) => Create(ProblemKind.NotFound, detail);

    public static IResult Path(string detail) => Create(ProblemKind.Path, detail);

    public static IResult Method(string detail) => Create(ProblemKind.Method, detail);

    public static IResult RowLimit(string detail) => Create(ProblemKind.RowLimit, detail);

    public static IResult Refused(QueryRefusedException error) =>
        Create(error.Reason == RefusalReason.TooManyOfOne ? ProblemKind.TooManyOfOne : ProblemKind.Busy, error.Message);

    public static IResult Ended(string detail) => Create(ProblemKind.Ended, detail);

    public static IResult TooManyViewers(string detail) => Create(ProblemKind.TooManyViewers, detail);

    /// <summary>What went wrong stands in the log: its text is not made for whoever asks.</summary>
    public static IResult Unexpected() => Create(
        ProblemKind.Unexpected,
        $"This is a defect of Observe. Its log tells the error and the route (event {AnswerFailures.UnexpectedEvent}); please report it. Another form of the question may be answered.");

    /// <param name="isUserSql">Whether the user wrote the statement; if not, a wrong statement is a defect of this program.</param>
    public static IResult Storage(StorageException error, bool isUserSql) => error.Error switch
    {
        StorageError.TimeLimit => Create(
            ProblemKind.TimeLimit,
            "The query was ended at its time limit. Narrow the time range or the filter, or raise Observe:Query:MaxExecutionTime (for /api/v1/sql: Observe:Engine:UserSqlSeconds)."),
        StorageError.MemoryLimit => Create(
            ProblemKind.MemoryLimit,
            "The query was ended at its memory limit. Narrow the time range or the filter, group by fewer values, or raise Observe:Query:MaxMemory (for /api/v1/sql: Observe:Engine:UserSqlMemory)."),
        StorageError.RowLimit => RowLimit(isUserSql ? error.Message : "Narrow the time range or the filter."),
        StorageError.Unavailable => Create(ProblemKind.Unavailable, error.Message),
        StorageError.BadStatement when isUserSql => Create(ProblemKind.Sql, error.Message),
        _ => Create(ProblemKind.Storage, error.Message),
    };

    /// <summary>1-based, a column being a UTF-16 character.</summary>
    internal static (int Line, int Column) LineAndColumn(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Min(index, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static IResult Create(ProblemKind kind, string detail, IDictionary<string, object?>? extensions = null) =>
        Results.Problem(detail, statusCode: kind.Status, title: kind.Title, type: kind.Type, extensions: extensions);
}
