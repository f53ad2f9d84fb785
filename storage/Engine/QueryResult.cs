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

    /// <summary>
    /// Shows all rows to a sink, instead of <see cref="ReadBlockAsync"/>: for millions of rows of plain numbers, which are read where they are.
    /// </summary>
    /// <exception cref="StorageException">The query failed, or a column is no number.</exception>
    public abstract Task ScanAsync(INumberSink sink, CancellationToken cancellationToken);

    /// <summary>What the query has cost so far; final once all of it was read.</summary>
    public abstract QueryStatistics Statistics { get; }

    /// <summary>All blocks that are left and have rows, for a result that is known to be small.</summary>
    public async Task<IReadOnlyList<ResultBlock>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var blocks = new List<ResultBlock>();
        while (await ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    /// <summary>Ends the query if it still runs, and frees its connection.</summary>
    public abstract ValueTask DisposeAsync();
}
