using System.Text;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>What is known of a metric's series on one day: only about how many, or, when it is watched, each of them.</summary>
internal sealed class MetricDay(string name, ushort day, CardinalityLimits limits)
{
    /// <summary>Attributes whose values are counted. A batch has no more columns for them; further ones are met by the limit of series.</summary>
    private const int MaxKeys = 1_000;

    /// <summary>What an attribute takes besides its values, in hashes.</summary>
    private const int KeyEntries = 32;

    private IdSet? _series;
    private Dictionary<byte[], KeyValues>? _keys;
    private ReachedLimit? _reached;

    public string Name => name;

    public bool IsWatched => _series is not null;

    /// <summary>Series that are known, of a metric that is watched.</summary>
    public int SeriesCount => _series?.Count ?? 0;

    /// <summary>Whether there was no room to watch it: all its series go in.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Series that seemed new while it was not watched. Some may have been seen before, so there are at most so many.</summary>
    public int Unwatched { get; set; }

    /// <summary>Hashes that are kept of it: a measure of its memory.</summary>
    public long Entries { get; private set; }

    /// <summary>Begins to know each series from now on.</summary>
    public void Watch()
    {
        _series = new IdSet();
        _keys = new Dictionary<byte[], KeyValues>(Utf8Comparer.Instance);
    }

    /// <summary>Forgets the series; about how many there are is enough.</summary>
    public void Unwatch()
    {
        Unwatched = _series?.Count ?? Unwatched;
        _series = null;
        _keys = null;
        _reached = null;
        Entries = 0;
    }

    public void GiveUp()
    {
        Unwatch();
        IsGivenUp = true;
    }

    /// <summary>Takes on a series that no batch wrote yet, as far as is known. Only of a metric that is watched.</summary>
    /// <returns>The limit because of which the series must not go in; null if it goes in.</returns>
    public ReachedLimit? Admit(ulong seriesId, RepeatedField labels)
    {
        if (_series!.Contains(seriesId))
        {
            return null;
        }

        foreach (ReadOnlySpan<byte> label in labels)
        {
            var keyValue = new KeyValueMessage(label);
            if (_keys!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(keyValue.Key, out KeyValues? key)
                && key.Values.Count >= limits.ValuesPerKey
                && LabelHash.TryOf(keyValue.Value, out ulong value)
                && !key.Values.Contains(value))
            {
                return key.Reached ??= new ReachedLimit(name, key.Key, day, key.Values);
            }
        }

        if (_series.Count >= limits.SeriesPerMetric)
        {
            return _reached ??= new ReachedLimit(name, null, day, _series);
        }

        AddSeries(seriesId);
        foreach (ReadOnlySpan<byte> label in labels)
        {
            var keyValue = new KeyValueMessage(label);
            if (LabelHash.TryOf(keyValue.Value, out ulong value))
            {
                AddValue(keyValue.Key, value);
            }
        }

        return null;
    }

    /// <summary>Takes on a series that the engine has, whatever the limits are.</summary>
    /// <param name="seriesId">The series.</param>
    /// <param name="labels">Its labels as a result of the engine has them.</param>
    public void AddStored(ulong seriesId, IEnumerable<KeyValuePair<string, object?>> labels)
    {
        AddSeries(seriesId);
        foreach ((string key, object? label) in labels)
        {
            if (LabelHash.TryOf(label, out ulong value))
            {
                AddValue(Encoding.UTF8.GetBytes(key), value);
            }
        }
    }

    /// <summary>Takes on all that another one knows. Not to be called when others read a limit of this one.</summary>
    public void UnionWith(MetricDay other)
    {
        if (other._series is null || _series is null)
        {
            return;
        }

        Entries -= _series.Count;
        _series.UnionWith(other._series);
        Entries += _series.Count;
        foreach ((byte[] name, KeyValues key) in other._keys!)
        {
            if (KeyOf(name) is { } mine)
            {
                Entries -= mine.Values.Count;
                mine.Values.UnionWith(key.Values);
                Entries += mine.Values.Count;
            }
        }
    }

    private void AddSeries(ulong seriesId) => Entries += _series!.Add(seriesId) ? 1 : 0;

    private void AddValue(ReadOnlySpan<byte> key, ulong value) => Entries += KeyOf(key)?.Values.Add(value) == true ? 1 : 0;

    private KeyValues? KeyOf(ReadOnlySpan<byte> key)
    {
        if (!_keys!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out KeyValues? found) && _keys.Count < MaxKeys)
        {
            byte[] copy = key.ToArray();
            _keys.Add(copy, found = new KeyValues(copy));
            Entries += KeyEntries;
        }

        return found;
    }

    private sealed class KeyValues(byte[] key)
    {
        public byte[] Key => key;

        public IdSet Values { get; } = new();

        public ReachedLimit? Reached { get; set; }
    }
}
