using System.Globalization;
using Microsoft.Extensions.Options;
using Observe.Storage;

namespace Observe.Query.Execution;

/// <summary>Checks the configuration, so that a wrong setting is named at the start and not found out at the first question.</summary>
/// <param name="storage">Every question at once takes a connection at least.</param>
internal sealed class QueryOptionsValidator(IOptions<StorageOptions> storage) : IValidateOptions<QueryOptions>
{
    public ValidateOptionsResult Validate(string? name, QueryOptions options)
    {
        var failures = new List<string>();
        int places = QuestionPlaces.Most(storage.Value.Engine.QueryConnections);
        Range(nameof(options.MaxConcurrentQueries), options.MaxConcurrentQueries, 0, places, "questions",
            $" Observe:Engine:QueryConnections ({storage.Value.Engine.QueryConnections}) must be {QuestionPlaces.SpareConnections} more.");
        Range(nameof(options.MaxWaitingQueries), options.MaxWaitingQueries, 0, 100_000, "questions");
        Time(nameof(options.MaxWait), options.MaxWait, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Time(nameof(options.MaxExecutionTime), options.MaxExecutionTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Time(nameof(options.MaxStreamTime), options.MaxStreamTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        Range(nameof(options.MaxMemory), options.MaxMemory, 64L << 20, 1L << 40, "bytes");
        if (options.MaxMemoryInAll != 0 && failures.Count == 0)
        {
            long least = QuestionPlaces.LeastMemory(options, storage.Value.Engine);
            Range(nameof(options.MaxMemoryInAll), options.MaxMemoryInAll, least, 1L << 44, "bytes, or 0",
                " One question must have MaxMemory, and the other MaxConcurrentQueries a quarter of it each.");
        }

        Range(nameof(options.MaxRowsToRead), options.MaxRowsToRead, 0, long.MaxValue, "rows");
        Range(nameof(options.MaxSeries), options.MaxSeries, 1, 10_000_000, "series");
        Range("Cache:MaxBytes", options.Cache.MaxBytes, 0, 1L << 40, "bytes");
        Range("Cache:MaxEntryBytes", options.Cache.MaxEntryBytes, 0, 1L << 30, "bytes");
        Time("Cache:MaxAge", options.Cache.MaxAge, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Time("SlowQueries:Threshold", options.SlowQueries.Threshold, TimeSpan.Zero, TimeSpan.FromHours(1));
        Range("SlowQueries:Kept", options.SlowQueries.Kept, 0, 10_000, "questions");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string setting, long value, long least, long most, string unit, string why = "")
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{QueryOptions.Section}:{setting} is {value}; it must lie between {least} and {most} ({unit}).{why}"));
            }
        }

        void Time(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{QueryOptions.Section}:{setting} is {value:c}; it must lie between {least:c} and {most:c} (hours:minutes:seconds)."));
            }
        }
    }
}
