namespace Observe.Storage.Engine;

/// <summary>What a query cost.</summary>
/// <param name="Elapsed">Time since the statement was sent.</param>
/// <param name="RowsRead">
/// Rows read from storage, not rows returned. Exact for results of one block; for longer ones a lower bound, because the embedded engine does
/// not count what it reads ahead between two fetches.
/// </param>
/// <param name="BytesRead">Bytes read from storage, uncompressed.</param>
public readonly record struct QueryStatistics(TimeSpan Elapsed, ulong RowsRead, ulong BytesRead);
