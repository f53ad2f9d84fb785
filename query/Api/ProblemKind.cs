using Microsoft.AspNetCore.Http;

namespace Observe.Query.Api;

/// <summary>A kind of problem document. Clients may rely on its type.</summary>
/// <param name="Name">The end of the type.</param>
internal sealed record ProblemKind(int Status, string Name, string Title)
{
    public static readonly ProblemKind Parameter = new(StatusCodes.Status400BadRequest, "parameter", "A parameter is wrong");
    public static readonly ProblemKind QuerySyntax = new(StatusCodes.Status400BadRequest, "query-syntax", "The query is not understood");
    public static readonly ProblemKind Sql = new(StatusCodes.Status400BadRequest, "sql", "The SQL cannot be run");
    public static readonly ProblemKind NotFound = new(StatusCodes.Status404NotFound, "not-found", "Nothing is stored under this id");
    public static readonly ProblemKind Path = new(StatusCodes.Status404NotFound, "path", "There is no such path");
    public static readonly ProblemKind Method = new(StatusCodes.Status405MethodNotAllowed, "method", "This path takes another method");
    public static readonly ProblemKind Ended = new(StatusCodes.Status409Conflict, "ended", "The query was ended");
    public static readonly ProblemKind RowLimit = new(StatusCodes.Status422UnprocessableEntity, "row-limit", "The result has too many rows");
    public static readonly ProblemKind MemoryLimit = new(StatusCodes.Status422UnprocessableEntity, "memory-limit", "The query needs too much memory");
    public static readonly ProblemKind TooManyOfOne = new(StatusCodes.Status429TooManyRequests, "busy", "Too many queries at once") { HasRetryAfter = true };
    public static readonly ProblemKind Storage = new(StatusCodes.Status500InternalServerError, "storage", "The storage engine failed");
    public static readonly ProblemKind Unexpected = new(StatusCodes.Status500InternalServerError, "unexpected", "Observe failed");
    public static readonly ProblemKind Busy = new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many queries at once") { HasRetryAfter = true };
    public static readonly ProblemKind Unavailable = new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The storage engine does not answer");
    public static readonly ProblemKind TooManyViewers =
        new(StatusCodes.Status503ServiceUnavailable, "too-many-viewers", "Too many viewers watch at a time") { HasRetryAfter = true };

    public static readonly ProblemKind TimeLimit = new(StatusCodes.Status504GatewayTimeout, "time-limit", "The query took too long");

    public static readonly IReadOnlyList<ProblemKind> All =
    [
        Parameter, QuerySyntax, Sql, NotFound, Path, Method, Ended, RowLimit, MemoryLimit, TooManyOfOne, Storage, Unexpected, Busy, Unavailable, TooManyViewers,
        TimeLimit,
    ];

    /// <summary>What whoever asks the engine may meet.</summary>
    public static readonly IReadOnlyList<ProblemKind> OfQuestions =
        [Parameter, Ended, RowLimit, MemoryLimit, TooManyOfOne, Storage, Unexpected, Busy, Unavailable, TimeLimit];

    /// <summary>What whoever sends a query in the search language may meet.</summary>
    public static readonly IReadOnlyList<ProblemKind> OfQueries = [QuerySyntax, .. OfQuestions];

    /// <summary>Whether the answer says when to come again.</summary>
    public bool HasRetryAfter { get; init; }

    public string Type => $"urn:observe:problem:{Name}";
}
