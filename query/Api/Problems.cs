using Microsoft.AspNetCore.Http;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Api;

/// <summary>Errors as RFC 9457 problem documents. Each kind has a type of its own, which clients may rely on.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:observe:problem:";

    /// <param name="query">The text that the position is a part of.</param>
    public static IResult Syntax(QuerySyntaxException error, string query)
    {
        (int line, int column) = LineAndColumn(query, error.Position.Start);
        return Create(
            StatusCodes.Status400BadRequest, "query-syntax", "The query is not understood", error.Message,
            new Dictionary<string, object?> { ["position"] = new Dictionary<string, int> { ["line"] = line, ["column"] = column, ["length"] = error.Position.Length } });
    }

    public static IResult Parameter(string detail) =>
        Create(StatusCodes.Status400BadRequest, "parameter", "A parameter is wrong", detail);

    public static IResult NotFound(string detail) =>
        Create(StatusCodes.Status404NotFound, "not-found", "Nothing is stored under this id", detail);

    public static IResult RowLimit(string detail) =>
        Create(StatusCodes.Status422UnprocessableEntity, "row-limit", "The result has too many rows", detail);

    public static IResult Refused(QueryRefusedException error) => Create(
        error.Reason == RefusalReason.TooManyOfOne ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable,
        "busy", "Too many queries at once", error.Message);

    public static IResult Ended(string detail) => Create(StatusCodes.Status409Conflict, "ended", "The query was ended", detail);

    public static IResult TooManyViewers(string detail) =>
        Create(StatusCodes.Status503ServiceUnavailable, "too-many-viewers", "Too many viewers watch at a time", detail);

    /// <param name="isUserSql">Whether the user wrote the statement; if not, a wrong statement is a defect of this program.</param>
    public static IResult Storage(StorageException error, bool isUserSql) => error.Error switch
    {
        StorageError.TimeLimit => Create(
            StatusCodes.Status504GatewayTimeout, "time-limit", "The query took too long",
            "The query was ended at its time limit. Narrow the time range or the filter, or raise Observe:Query:MaxExecutionTime (for /api/v1/sql: Observe:Engine:UserSqlSeconds)."),
        StorageError.MemoryLimit => Create(
            StatusCodes.Status422UnprocessableEntity, "memory-limit", "The query needs too much memory",
            "The query was ended at its memory limit. Narrow the time range or the filter, group by fewer values, or raise Observe:Query:MaxMemory (for /api/v1/sql: Observe:Engine:UserSqlMemory)."),
        StorageError.RowLimit => RowLimit(isUserSql ? error.Message : "Narrow the time range or the filter."),
        StorageError.Unavailable => Create(
            StatusCodes.Status503ServiceUnavailable, "unavailable", "The storage engine does not answer", error.Message),
        StorageError.BadStatement when isUserSql => Create(
            StatusCodes.Status400BadRequest, "sql", "The SQL cannot be run", error.Message),
        _ => Create(StatusCodes.Status500InternalServerError, "storage", "The storage engine failed", error.Message),
    };

    /// <summary>1-based, a column being a UTF-16 character.</summary>
    internal static (int Line, int Column) LineAndColumn(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Min(index, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static IResult Create(int status, string type, string title, string detail, IDictionary<string, object?>? extensions = null) =>
        Results.Problem(detail, statusCode: status, title: title, type: TypePrefix + type, extensions: extensions);
}
