namespace Observe.Ingest.Catalog;

/// <summary>
/// Rows of a side table that are in the engine already, so that each is written once a day and not once a batch. Bounded: a full set is
/// emptied, and rows are then written again, which the tables fold (ReplacingMergeTree).
/// </summary>
internal sealed class WrittenKeys<TKey>(int capacity)
    where TKey : notnull
{
    private readonly HashSet<TKey> _keys = [];

    public bool Contains(TKey key) => _keys.Contains(key);

    public void Add(IReadOnlyCollection<TKey> keys)
    {
        if (_keys.Count + keys.Count > capacity)
        {
            _keys.Clear();
        }

        _keys.UnionWith(keys);
    }
}
