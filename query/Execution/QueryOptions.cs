using Observe.Query.Compilation;

namespace Observe.Query.Execution;

/// <summary>What questions may cost, each and all together. Configuration section <c>Observe:Query</c>.</summary>
public sealed class QueryOptions
{
    public const string Section = "Observe:Query";

    /// <summary>
    /// Questions that run at once; further ones stand in line. 0 is twice the cores, at least 4, and no more than the engine has connections
    /// for. One asker gets all but one of them, so that somebody else's question always finds a place soon.
    /// </summary>
    public int MaxConcurrentQueries { get; set; }

    /// <summary>Questions that stand in line; half of them may be one asker's. Beyond it they are refused at once.</summary>
    public int MaxWaitingQueries { get; set; } = 64;

    /// <summary>How long a question stands in line before it is refused: somebody who waited longer has asked again already.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement of a question may run.</summary>
    public TimeSpan MaxExecutionTime { get; set; } = TimeSpan.FromSeconds(QueryLimits.MaxSeconds);

    /// <summary>How long an answer may be streamed in a file format (CSV, Parquet, …), the client's slowness included.</summary>
    public TimeSpan MaxStreamTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Bytes of memory that one statement may take. Every statement begins with a quarter of it; one that needs more is run again with the whole,
    /// which <see cref="MaxMemoryInAll"/> allows to few at a time.
    /// </summary>
    public long MaxMemory { get; set; } = QueryLimits.MaxMemoryBytes;

    /// <summary>Bytes of memory for all questions together. 0 is as much as it takes for one question to have <see cref="MaxMemory"/> and the others a quarter of it.</summary>
    public long MaxMemoryInAll { get; set; }

    /// <summary>Rows that one statement may read from storage; 0 is any number.</summary>
    public long MaxRowsToRead { get; set; }

    /// <summary>
    /// Series of one metric that a PromQL query may look at, in all its days, and series whose labels are kept for the next one: about a kilobyte each.
    /// </summary>
    public int MaxSeries { get; set; } = 1_000_000;

    public CacheOptions Cache { get; set; } = new();

    public SlowQueryOptions SlowQueries { get; set; } = new();
}
