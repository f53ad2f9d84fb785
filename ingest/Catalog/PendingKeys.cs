namespace Observe.Ingest.Catalog;

/// <summary>The rows of a side table that one batch is going to write. They count as written only once the batch is in the engine.</summary>
internal sealed class PendingKeys<TKey>(WrittenKeys<TKey> written)
    where TKey : notnull
{
    private readonly HashSet<TKey> _keys = [];

    /// <summary>Whether the batch must write this row: nobody has, and the batch itself not yet.</summary>
    public bool TryAdd(TKey key) => !written.Contains(key) && _keys.Add(key);

    /// <summary>The batch does not write this row after all.</summary>
    public void Remove(TKey key) => _keys.Remove(key);

    /// <summary>The batch is in the engine.</summary>
    public void Commit() => written.Add(_keys);

    /// <summary>The batch is empty again.</summary>
    public void Clear() => _keys.Clear();
}
