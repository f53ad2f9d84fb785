using System.Text;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>What is known of a metric's series on one day: only about how many, or, when it is watched, each of them.</summary>
/// <remarks>Whatever it keeps, it has asked <see cref="SeriesMemory"/> for; <see cref="Release"/> gives it back.</remarks>
internal sealed class MetricDay
{
    /// <summary>Attributes whose values are counted. A batch has no more columns for them; further ones are met by the limit of series.</summary>
    private const int MaxKeys = 1_000;

    /// <summary>Of the sets of a metric that is watched, apart from what is in them.</summary>
    private const long WatchBytes = 256;

    private readonly CountingRules _rules;
    private IdSet? _series;
    private Dictionary<byte[], KeyValues>? _keys;
    private ReachedLimit? _reached;
    private int _keysAtLimit;
    private long _nameBytes;
    private long _hashBytes;

    private MetricDay(string name, ushort day, CountingRules rules, long bytes)
    {
        Name = name;
        Day = day;
        _rules = rules;
        _nameBytes = bytes;
    }

    public string Name { get; }

    /// <summary>Days since 1970-01-01 (UTC).</summary>
    public ushort Day { get; }

    public bool IsWatched => _series is not null;

    /// <summary>Whether all series that the engine has are among those that are known, so that a limit can be told to senders. Of a metric that is watched.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Series that are known, of a metric that is watched.</summary>
    public int SeriesCount => _series?.Count ?? 0;

    /// <summary>Whether there was no memory for one of its attributes, whose values are met by the limit of series alone. Of a metric that is watched.</summary>
    public bool LacksKeys { get; private set; }

    /// <summary>Whether there was no memory to watch it: all its series go in.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Series that seemed new while it was not watched. Some may have been seen before, so there are at most so many.</summary>
    public int Unwatched { get; set; }

    /// <param name="name">In valid UTF-8, of at most <see cref="SeriesMemory.MaxNameBytes"/>.</param>
    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    /// <param name="rules">What it is counted by.</param>
    /// <returns>A metric that is not watched; null when there is no memory for it.</returns>
    public static MetricDay? TryCreate(ReadOnlySpan<byte> name, ushort day, CountingRules rules)
    {
        long bytes = 320 + (3L * name.Length); // the object, its places in a table and among the wishes, its name as bytes and as text
        return rules.Memory.Names.TryTake(bytes) ? new MetricDay(Encoding.UTF8.GetString(name), day, rules, bytes) : null;
    }

    /// <summary>Begins to know each series from now on.</summary>
    /// <returns>Whether there is memory for it.</returns>
    public bool TryWatch()
    {
        if (!TryTake(WatchBytes))
        {
            return false;
        }

        _series = new IdSet();
        _keys = new Dictionary<byte[], KeyValues>(Utf8Comparer.Instance);
        return true;
    }

    /// <summary>Forgets the series; about how many there are is enough.</summary>
    public void Unwatch()
    {
        if (_series is not null)
        {
            Unwatched = _series.Count;
            Return(WatchBytes + _series.Bytes - IdSet.FirstBytes + _keys!.Values.Sum(static key => key.Values.Bytes - IdSet.FirstBytes));
            ReturnNames(_keys!.Values.Sum(static key => KeyValues.BytesOf(key.Key.Length)));
        }

        _series = null;
        _keys = null;
        _reached = null;
        _keysAtLimit = 0;
        LacksKeys = false;
        IsComplete = false;
    }

    public void GiveUp()
    {
        Unwatch();
        IsGivenUp = true;
    }

    /// <summary>Gives all memory back. It must not be used any more.</summary>
    public void Release()
    {
        Return(_hashBytes);
        ReturnNames(_nameBytes);
    }

    /// <summary>Whether a series is known. Only of a metric that is watched.</summary>
    public bool Knows(ulong seriesId) => _series!.Contains(seriesId);

    /// <summary>The limit because of which a series that is not known must not go in; null if it may.</summary>
    public ReachedLimit? LimitFor(RepeatedField labels)
    {
        if (_keysAtLimit > 0)
        {
            var search = new LimitSearch(this);
            SentLabels.Visit(labels, _rules.Records, ref search);
            if (search.Found is { } key)
            {
                return key.Reached ??= new ReachedLimit(Name, key.Key, Day, key.Values);
            }
        }

        return _series!.Count >= _rules.Limits.SeriesPerMetric ? _reached ??= new ReachedLimit(Name, null, Day, _series) : null;
    }

    /// <summary>Takes on a series that may go in.</summary>
    /// <returns>Whether there was memory for all of it. If not, it may be tried again with the same series.</returns>
    public bool TryAdd(ulong seriesId, RepeatedField labels)
    {
        var addition = new Addition(this);
        return TryAdd(_series!, seriesId) && SentLabels.Visit(labels, _rules.Records, ref addition);
    }

    /// <summary>Takes on a series that the engine has, whatever the limits are.</summary>
    /// <param name="seriesId">The series.</param>
    /// <param name="labels">Its labels as a result of the engine has them.</param>
    /// <returns>Whether there was memory for all of it.</returns>
    public bool TryAddStored(ulong seriesId, IEnumerable<KeyValuePair<string, object?>> labels) =>
        TryAdd(_series!, seriesId) && StoredLabels.Of(labels).All(label => TryAddValue(label.Key, label.Hash));

    /// <summary>Takes on all that another one knows. Not to be called when others read a limit of this one.</summary>
    /// <returns>Whether there was memory for all of it.</returns>
    public bool TryUnionWith(MetricDay other) =>
        other._series is null
        || (other._series.Ids().All(id => TryAdd(_series!, id))
            && other._keys!.All(key => key.Value.Values.Ids().All(value => TryAddValue(key.Key, value))));

    private bool TryAddValue(ReadOnlySpan<byte> name, ulong value)
    {
        if (!_keys!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out KeyValues? key))
        {
            if (_keys.Count >= MaxKeys || name.Length > SeriesMemory.MaxNameBytes)
            {
                return true;
            }

            if (!TryTakeName(KeyValues.BytesOf(name.Length)))
            {
                LacksKeys = true; // its series are known all the same: better limited by these than not at all
                return true;
            }

            byte[] copy = name.ToArray();
            _keys.Add(copy, key = new KeyValues(copy));
        }

        int before = key.Values.Count;
        bool isAdded = TryAdd(key.Values, value);
        _keysAtLimit += key.Values.Count > before && key.Values.Count == _rules.Limits.ValuesPerKey ? 1 : 0;
        return isAdded;
    }

    private bool TryAdd(IdSet set, ulong id)
    {
        if (!set.HasRoom && !set.Contains(id))
        {
            long before = set.Bytes;
            if (!TryTake(before * 2))
            {
                return false;
            }

            set.Grow();
            Return(before);
        }

        set.Add(id);
        return true;
    }

    private bool TryTake(long bytes)
    {
        bool isTaken = _rules.Memory.Whole.TryTake(bytes);
        _hashBytes += isTaken ? bytes : 0;
        return isTaken;
    }

    private void Return(long bytes)
    {
        _rules.Memory.Whole.Return(bytes);
        _hashBytes -= bytes;
    }

    private bool TryTakeName(long bytes)
    {
        bool isTaken = _rules.Memory.Names.TryTake(bytes);
        _nameBytes += isTaken ? bytes : 0;
        return isTaken;
    }

    private void ReturnNames(long bytes)
    {
        _rules.Memory.Names.Return(bytes);
        _nameBytes -= bytes;
    }

    /// <summary>Looks for a value that a key at its limit does not have.</summary>
    private struct LimitSearch(MetricDay metric) : ILabelVisitor
    {
        public KeyValues? Found { get; private set; }

        public bool Visit(ReadOnlySpan<byte> key, in AnyValueMessage value)
        {
            if (metric._keys!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out KeyValues? values)
                && values.Values.Count >= metric._rules.Limits.ValuesPerKey
                && LabelHash.TryOf(value, metric._rules.Records, out ulong hash)
                && !values.Values.Contains(hash))
            {
                Found = values;
                return false;
            }

            return true;
        }
    }

    /// <summary>Adds values; ends where there is no memory.</summary>
    private readonly struct Addition(MetricDay metric) : ILabelVisitor
    {
        public bool Visit(ReadOnlySpan<byte> key, in AnyValueMessage value) =>
            !LabelHash.TryOf(value, metric._rules.Records, out ulong hash) || metric.TryAddValue(key, hash);
    }
}
