using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;

namespace Observe.Query.Api.Formats;

/// <summary>Tells whoever runs the program why an answer broke off, which its client can only see the end of.</summary>
internal sealed partial class BrokenAnswers(IOptions<QueryOptions> options, ILogger<BrokenAnswers> logger)
{
    /// <param name="error">What came up after the first bytes had been sent.</param>
    /// <param name="bytes">How many had been.</param>
    public void Note(Exception error, long bytes)
    {
        Question? question = Question.Current;
        string text = options.Value.SlowQueries.LogText ? question?.Text ?? "(no text)" : "(not logged: Observe:Query:SlowQueries:LogText)";

        // A limit or an end on request is explained by its message; anything else is a fault, of which the place is needed.
        bool isExplained = error is ResultLimitException or QueryEndedException or QueryRefusedException
            or StorageException { Error: StorageError.TimeLimit or StorageError.MemoryLimit or StorageError.RowLimit or StorageError.Unavailable };
        Log.BrokenOff(logger, isExplained ? null : error, question?.Id ?? 0, question?.Kind ?? "request", bytes, error.Message, text);
    }

    private static partial class Log
    {
        [LoggerMessage(3202, LogLevel.Warning, "The answer of query {Id} ({Kind}) broke off after {Bytes} bytes, and so did the connection: {Reason} Query: {Query}")]
        public static partial void BrokenOff(ILogger logger, Exception? exception, long id, string kind, long bytes, string reason, string query);
    }
}
