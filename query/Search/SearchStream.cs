namespace Observe.Query.Search;

/// <summary>A search whose answer is read while the engine makes it, and never held as a whole.</summary>
/// <param name="Signal">What the query's records are.</param>
/// <param name="Computed">The fields that stages added to the records.</param>
/// <param name="Records">The records, a block of the engine's at a time; null for a table.</param>
/// <param name="Table">The rows of a table, a block at a time; null for records.</param>
public sealed record SearchStream(
    SearchSignal Signal,
    IReadOnlyList<ResultField> Computed,
    IAsyncEnumerable<IReadOnlyList<SearchRecord>>? Records,
    IAsyncEnumerable<ResultTable>? Table);
