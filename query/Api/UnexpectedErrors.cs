using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Query.Api.Declarations;
using Observe.Query.Execution;

namespace Observe.Query.Api;

/// <summary>Logs what no route expects: a defect of this program.</summary>
internal static partial class UnexpectedErrors
{
    public const int EventId = 3501;

    /// <summary>Characters of a query in the log.</summary>
    private const int MostCharacters = 4_000;

    /// <summary>The query, and the error's text, in which parts of it may stand, only where what was asked may be logged (<see cref="SlowQueryOptions.LogText"/>).</summary>
    public static void Write(IServiceProvider services, ApiRoute route, string query, Exception error)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnexpectedErrors).FullName!);
        if (services.GetRequiredService<IOptions<QueryOptions>>().Value.SlowQueries.LogText)
        {
            Log.Unexpected(logger, route.Path, query.Length <= MostCharacters ? query : $"{query.AsSpan(0, MostCharacters)}…", error.ToString());
        }
        else
        {
            Log.Unexpected(logger, route.Path, "(not logged)", $"{error.GetType()}{Environment.NewLine}{error.StackTrace}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId, LogLevel.Error, "A question at {Route} met an error that is a defect of this program. Query: {Query}. {Error}")]
        public static partial void Unexpected(ILogger logger, string route, string query, string error);
    }
}
