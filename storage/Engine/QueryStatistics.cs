namespace Observe.Storage.Engine;

/// <summary>What a query cost.</summary>
/// <param name="Elapsed">Time since the statement was sent.</param>
/// <param name="RowsRead">Rows read from storage, not rows returned.</param>
/// <param name="BytesRead">Bytes read from storage, uncompressed.</param>
public readonly record struct QueryStatistics(TimeSpan Elapsed, ulong RowsRead, ulong BytesRead);
