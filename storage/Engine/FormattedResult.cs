namespace Observe.Storage.Engine;

/// <summary>A running query whose result comes as bytes in a <see cref="ResultFormat"/>, while the engine makes them.</summary>
/// <remarks>
/// A reader that stops makes the engine wait: nothing is collected. What was read before an error must not be passed on as
/// a whole answer, even if it looks like one: the engine closes a Parquet file that it could not finish.
/// </remarks>
public abstract class FormattedResult : IAsyncDisposable
{
    /// <summary>The next bytes, valid until the next call; none at the end, which is only reached when the query succeeded.</summary>
    /// <exception cref="StorageException">The query failed, at whatever byte.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>What the query has cost; rows and bytes are known once <see cref="ReadAsync"/> returned no bytes.</summary>
    public abstract QueryStatistics Statistics { get; }

    /// <summary>Ends the query if it still runs, and frees its connection.</summary>
    public abstract ValueTask DisposeAsync();
}
