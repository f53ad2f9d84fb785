using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Api;

/// <summary>Tells whoever runs the program what went wrong with an answer and whoever asked cannot be told.</summary>
/// <remarks>The query, and an error's text, in which parts of it may stand, only where what was asked may be logged (<see cref="SlowQueryOptions.LogText"/>).</remarks>
internal sealed partial class AnswerFailures(IOptions<QueryOptions> options, ILogger<AnswerFailures> logger)
{
    public const int UnexpectedEvent = 3501;

    private const int BrokenOffEvent = 3202;

    private readonly bool _logsText = options.Value.SlowQueries.LogText;

    /// <summary>An error that no route expects: a defect of this program.</summary>
    public void Unexpected(string route, string query, Exception error) => Log.Unexpected(logger, route, Shown(query), Shown(error));

    /// <summary>An error that came up after the first bytes: whoever asked sees no more than the end of the connection.</summary>
    public void BrokenOff(Exception error, long bytes)
    {
        Question? question = Question.Current;
        Log.BrokenOff(logger, question?.Id ?? 0, question?.Kind ?? "request", bytes, Reason(error), Shown(question?.Text ?? ""));
    }

    /// <summary>A limit or an end on request is explained by its message; anything else is a fault, of which the place is needed.</summary>
    private string Reason(Exception error) => error switch
    {
        ResultLimitException or QueryEndedException or QueryRefusedException => error.Message,
        StorageException { Error: StorageError.TimeLimit or StorageError.MemoryLimit or StorageError.RowLimit or StorageError.Unavailable } storage =>
            _logsText ? storage.Message : $"{storage.Error}.",
        _ => Shown(error),
    };

    private string Shown(string query) => _logsText ? Excerpt.ForLog(query) : "(not logged: Observe:Query:SlowQueries:LogText)";

    private string Shown(Exception error) => _logsText ? error.ToString() : $"{error.GetType()}{Environment.NewLine}{error.StackTrace}";

    private static partial class Log
    {
        [LoggerMessage(UnexpectedEvent, LogLevel.Error, "A question at {Route} met an error that is a defect of this program. Query: {Query}. {Error}")]
        public static partial void Unexpected(ILogger logger, string route, string query, string error);

        [LoggerMessage(BrokenOffEvent, LogLevel.Warning, "The answer of query {Id} ({Kind}) broke off after {Bytes} bytes, and so did the connection: {Reason} Query: {Query}")]
        public static partial void BrokenOff(ILogger logger, long id, string kind, long bytes, string reason, string query);
    }
}
