using System.Runtime.CompilerServices;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Ingest.Catalog;

/// <summary>Knows metric series by the bytes of their metric and labels, so that each is hashed once and not once a point.</summary>
/// <remarks>
/// A series is one resource, scope, metric name, type, unit, temporality, monotony and set of labels. The description and the metadata are
/// not part of its identity: rewording a help text does not start new series.
/// <para>A point's labels are first compared, without being parsed, to those that stood in its place the last time; only if they differ are
/// they looked up. Bounded: a full cache is emptied.</para>
/// </remarks>
/// <param name="limits">How much is kept of labels.</param>
internal sealed class SeriesCache(RecordLimits limits)
{
    private const int MaxEntries = 500_000;
    private const long MaxBytes = 128 << 20;
    private const long MaxLabelBytes = MaxBytes / 8;
    private const int MaxMetrics = 100_000;
    private const int MaxMetricBytes = 32 << 20;
    private const int FirstBuckets = 1024;

    /// <summary>Series that were dropped and come again: about 8 MB at most.</summary>
    private const int MaxDropped = 1 << 14;

    /// <summary>Of longer ones each point is hashed anew.</summary>
    private const int MaxDroppedLabelBytes = 512;

    private readonly ByteKeyedCache<MetricInfo> _metrics = new(MaxMetrics, MaxMetricBytes);
    private readonly ByteScratch _key = new();
    private readonly ByteScratch _canonical = new();
    private SeriesInfo?[] _buckets = new SeriesInfo?[FirstBuckets];
    private int _count;
    private long _bytes;
    private MetricInfo _metric = new([]);
    private SeriesInfo? _last;
    private SeriesInfo?[]? _dropped;
    private SeriesInfo? _found;
    private SeriesInfo? _added;
    private SeriesInfo? _before;
    private SeriesInfo? _displaced;

    /// <summary>What tells the begun metric from others of other resources, scopes and kinds.</summary>
    public ReadOnlySpan<byte> MetricCanonical => _metric.Canonical;

    /// <summary>Begins a metric: what its points share.</summary>
    public void BeginMetric(in RecordOrigin origin, in MetricMessage metric)
    {
        _key.Clear();
        CanonicalForm.WriteInt64(_key, (long)origin.Resource.Id);
        CanonicalForm.WriteInt64(_key, (long)origin.Scope.Id);
        _key.Append((byte)metric.Type.GetValueOrDefault());
        _key.Append((byte)metric.AggregationTemporality);
        _key.Append(metric.IsMonotonic ? (byte)1 : (byte)0);
        CanonicalForm.WriteBytes(_key, metric.MetricName);
        CanonicalForm.WriteBytes(_key, metric.Unit);
        if (!_metrics.TryGet(_key.Span, out MetricInfo? known))
        {
            known = new MetricInfo(_key.Span.ToArray());
            _metrics.Add(_key.Span, known);
        }

        _metric = known;
        _last = null;
    }

    /// <summary>The series that a point of the begun metric belongs to.</summary>
    /// <param name="labels">The point's attributes.</param>
    public SeriesInfo Get(RepeatedField labels)
    {
        if (!labels.TryGetRun(out ReadOnlySpan<byte> run))
        {
            run = Collect(labels);
        }

        SeriesInfo? expected = _last is null ? _metric.FirstSeries : _last.Follower;
        if (expected is not null && ReferenceEquals(expected.Metric, _metric) && run.SequenceEqual(expected.Labels))
        {
            return _last = expected;
        }

        SeriesInfo found = Find(run, labels);
        _found = ReferenceEquals(found, _added) || (_dropped is not null && ReferenceEquals(found, _dropped[found.Hash % MaxDropped])) ? found : null;
        (_before, _displaced) = (_last, _last is null ? _metric.FirstSeries : _last.Follower);
        if (found.Labels.Length > MaxLabelBytes)
        {
            return found; // not kept, and so nobody's follower
        }

        if (_last is null)
        {
            _metric.FirstSeries = found;
        }
        else
        {
            _last.Follower = found;
        }

        return _last = found;
    }

    /// <summary>
    /// Forgets a series that <see cref="Get"/> just returned, if it was new to it: one that is not stored must not take the place of those that are. Some are
    /// kept apart, for they will come again.
    /// </summary>
    public void Drop(SeriesInfo series)
    {
        if (!ReferenceEquals(series, _found))
        {
            return; // it was stored on another day
        }

        if (ReferenceEquals(series, _added))
        {
            _buckets[BucketOf(series.Hash)] = series.NextInBucket; // it was put in front
            _count--;
            _bytes -= series.Labels.Length;
            series.NextInBucket = null;
            if (series.Labels.Length <= MaxDroppedLabelBytes)
            {
                _dropped ??= new SeriesInfo?[MaxDropped];
                _dropped[series.Hash % MaxDropped] = series;
            }
        }

        (_found, _added) = (null, null);
        if (_before is null)
        {
            _metric.FirstSeries = _displaced;
        }
        else
        {
            _before.Follower = _displaced;
        }

        _last = _before;
    }

    private SeriesInfo Find(ReadOnlySpan<byte> run, RepeatedField labels)
    {
        _added = null;
        ulong hash = ByteHash.Of(run) ^ ((ulong)RuntimeHelpers.GetHashCode(_metric) * 0x9E37_79B9_7F4A_7C15);
        for (SeriesInfo? entry = _buckets[BucketOf(hash)]; entry is not null; entry = entry.NextInBucket)
        {
            if (entry.Hash == hash && ReferenceEquals(entry.Metric, _metric) && run.SequenceEqual(entry.Labels))
            {
                return entry;
            }
        }

        if (_dropped?[hash % MaxDropped] is { } dropped && dropped.Hash == hash && ReferenceEquals(dropped.Metric, _metric) && run.SequenceEqual(dropped.Labels))
        {
            return dropped;
        }

        _canonical.Clear();
        _canonical.Append(_metric.Canonical);
        CanonicalForm.WriteAttributes(_canonical, labels);
        var added = new SeriesInfo(
            _metric, run.ToArray(), hash, CanonicalForm.Id(_canonical.Span), AttributeValidator.TruncationsOf(labels, limits));
        Add(added);
        return added;
    }

    private void Add(SeriesInfo series)
    {
        int size = series.Labels.Length;
        if (size > MaxLabelBytes)
        {
            return;
        }

        if (_count == MaxEntries || _bytes + size > MaxBytes)
        {
            Empty();
        }
        else if (_count == _buckets.Length)
        {
            Grow();
        }

        Link(series);
        _added = series;
        _count++;
        _bytes += size;
    }

    private void Empty()
    {
        // Followers would hold each other, and by them everything that ever was in the cache.
        foreach (SeriesInfo? first in _buckets)
        {
            for (SeriesInfo? entry = first; entry is not null; entry = entry.NextInBucket)
            {
                entry.Follower = null;
                entry.Metric.FirstSeries = null;
            }
        }

        _buckets = new SeriesInfo?[FirstBuckets];
        _count = 0;
        _bytes = 0;
        _last = null;
    }

    private void Grow()
    {
        SeriesInfo?[] old = _buckets;
        _buckets = new SeriesInfo?[old.Length * 2];
        foreach (SeriesInfo? first in old)
        {
            for (SeriesInfo? entry = first; entry is not null;)
            {
                SeriesInfo? next = entry.NextInBucket;
                Link(entry);
                entry = next;
            }
        }
    }

    private void Link(SeriesInfo series)
    {
        ref SeriesInfo? bucket = ref _buckets[BucketOf(series.Hash)];
        series.NextInBucket = bucket;
        bucket = series;
    }

    private int BucketOf(ulong hash) => (int)hash & (_buckets.Length - 1);

    /// <summary>Labels between which other fields lie, as if nothing lay between them.</summary>
    private ReadOnlySpan<byte> Collect(RepeatedField labels)
    {
        _key.Clear();
        foreach (ReadOnlySpan<byte> label in labels)
        {
            CanonicalForm.WriteBytes(_key, label);
        }

        return _key.Span;
    }
}
