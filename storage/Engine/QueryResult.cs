using Observe.Storage.Results;

namespace Observe.Storage.Engine;

/// <summary>A running query: its blocks, one after the other, then what it cost.</summary>
public abstract class QueryResult : IAsyncDisposable
{
    /// <summary>
    /// The next block, or null at the end. Each block is independent of the next and may be kept.
    /// The first block of a result may have no rows: it then tells the columns.
    /// </summary>
    public abstract ValueTask<ResultBlock?> ReadBlockAsync(CancellationToken cancellationToken);

    /// <summary>What the query has cost so far; final once <see cref="ReadBlockAsync"/> returned null.</summary>
    public abstract QueryStatistics Statistics { get; }

    /// <summary>Ends the query if it still runs, and frees its connection.</summary>
    public abstract ValueTask DisposeAsync();
}
