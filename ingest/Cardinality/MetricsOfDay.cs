using System.Text;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>The metrics of a day, and what is to be learnt about them from the engine.</summary>
internal sealed class MetricsOfDay(ushort day, CardinalityLimits limits)
{
    /// <summary>Metrics that are told apart. More are made-up names.</summary>
    private const int MaxMetrics = 100_000;

    private readonly Dictionary<byte[], MetricDay> _metrics = new(Utf8Comparer.Instance);
    private readonly HashSet<string> _wished = new(StringComparer.Ordinal);
    private readonly MetricDay _others = new("", day, limits);
    private bool _wishesAll;
    private bool _isLoaded;

    public ushort Day => day;

    /// <summary>Hashes that are kept of all metrics.</summary>
    public long Entries { get; set; }

    /// <summary>The higher the later.</summary>
    public long LastUse { get; set; }

    /// <summary>The number of committed batches when the oldest wish came up; null for none.</summary>
    public long? WishedAt { get; private set; }

    /// <param name="name">In valid UTF-8.</param>
    public MetricDay Of(ReadOnlySpan<byte> name)
    {
        if (_metrics.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out MetricDay? metric))
        {
            return metric;
        }

        if (_metrics.Count >= MaxMetrics && !TryForgetSmall())
        {
            _others.GiveUp();
            return _others;
        }

        metric = new MetricDay(Encoding.UTF8.GetString(name), day, limits);
        if (!_isLoaded || limits.WatchFrom <= 1)
        {
            // The engine may have nearly as many as the limit: until it has said so, what comes is known one by one.
            metric.Watch();
        }

        _metrics.Add(name.ToArray(), metric);
        return metric;
    }

    public void Wish(string? metric, long commits)
    {
        WishedAt ??= commits;
        _wishesAll |= metric is null;
        if (metric is not null)
        {
            _wished.Add(metric);
        }
    }

    public Wish TakeWish()
    {
        var wish = new Wish(day, _wishesAll ? null : [.. _wished]);
        WishedAt = null;
        _wishesAll = false;
        _wished.Clear();
        return wish;
    }

    /// <summary>Takes on metrics as the engine has them, beside what was seen of them meanwhile.</summary>
    /// <param name="wish">What it was asked.</param>
    /// <param name="stored">What it has.</param>
    /// <param name="commits">Committed batches.</param>
    public void TakeOn(in Wish wish, IReadOnlyDictionary<string, MetricDay> stored, long commits)
    {
        foreach (MetricDay metric in stored.Values)
        {
            byte[] name = Encoding.UTF8.GetBytes(metric.Name);
            if (_metrics.TryGetValue(name, out MetricDay? seen))
            {
                metric.UnionWith(seen);
                Entries -= seen.Entries;
            }

            _metrics[name] = metric;
            Entries += metric.Entries;
        }

        if (wish.Metrics is not null || limits.WatchFrom <= 1)
        {
            _isLoaded |= wish.Metrics is null;
            return;
        }

        _isLoaded = true;
        foreach (MetricDay metric in _metrics.Values.Where(metric => metric.IsWatched && !stored.ContainsKey(metric.Name)))
        {
            if (metric.SeriesCount >= limits.WatchFrom)
            {
                Wish(metric.Name, commits);
            }
            else
            {
                Entries -= metric.Entries;
                metric.Unwatch();
            }
        }
    }

    private bool TryForgetSmall()
    {
        foreach ((byte[] name, MetricDay metric) in _metrics)
        {
            if (!metric.IsWatched)
            {
                _metrics.Remove(name);
            }
        }

        return _metrics.Count < MaxMetrics;
    }
}
