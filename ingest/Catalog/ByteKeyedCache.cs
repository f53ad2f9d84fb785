using System.Diagnostics.CodeAnalysis;
using Observe.Storage.Columns;

namespace Observe.Ingest.Catalog;

/// <summary>
/// What is known about a thing, found by the bytes in which it was sent. Bounded: a full cache is emptied, which costs what filling it cost
/// and, unlike a least-recently-used list, nothing per hit.
/// </summary>
internal sealed class ByteKeyedCache<TValue>(int maxEntries, long maxBytes)
    where TValue : notnull
{
    private readonly Dictionary<byte[], TValue> _entries = new(Utf8Comparer.Instance);
    private long _bytes;

    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value) =>
        _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out value);

    /// <summary>Adds an entry that is not there yet. A key that alone is larger than an eighth of the cache is not kept.</summary>
    public void Add(ReadOnlySpan<byte> key, TValue value)
    {
        if (key.Length > maxBytes / 8)
        {
            return;
        }

        if (_entries.Count == maxEntries || _bytes + key.Length > maxBytes)
        {
            _entries.Clear();
            _bytes = 0;
        }

        _entries.Add(key.ToArray(), value);
        _bytes += key.Length;
    }
}
