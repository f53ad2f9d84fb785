using System.Collections.Concurrent;

namespace Observe.Query.SelfMetrics;

/// <summary>A metric with all its series. Thread-safe.</summary>
/// <param name="name">Without <c>_total</c>.</param>
/// <param name="unit">The last word of the name where that is a unit; otherwise empty.</param>
/// <param name="bounds">Of a histogram's buckets, see <see cref="MetricSeries"/>; null for what is no histogram.</param>
internal sealed class MetricFamily(string name, string unit, MetricKind kind, MetricAggregation aggregation, string help, double[]? bounds)
{
    /// <summary>
    /// Label sets that are told apart. More mean a tag that holds what users send; they count together under one label, so that neither this
    /// process nor a Prometheus runs out of memory.
    /// </summary>
    public const int MaxSeries = 2_000;

    /// <summary>The name that OpenTelemetry gives to what is over the limit.</summary>
    private const string OverflowLabels = "otel_metric_overflow=\"true\"";

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(TagsComparer.Instance);
    private readonly ConcurrentDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private int _seen;

    public string Name => name;

    public string Unit => unit;

    public MetricKind Kind => kind;

    public MetricAggregation Aggregation => aggregation;

    public string Help => help;

    public IReadOnlyList<double> Bounds => bounds ?? [];

    /// <summary>In the order of their labels, so that two readings can be compared line by line.</summary>
    public IEnumerable<MetricSeries> Series => _byLabels.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricSeries series = SeriesOf(tags);
        switch (aggregation)
        {
            case MetricAggregation.Sum:
                series.Add(value);
                break;
            case MetricAggregation.Buckets:
                series.Observe(value);
                break;
            default:
                series.Set(value);
                break;
        }
    }

    /// <summary>Forgets every series.</summary>
    public void Clear()
    {
        _byTags.Clear();
        _byLabels.Clear();
        _seen = 0;
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out MetricSeries? series))
        {
            return series;
        }

        // The same tags may come in several orders, each of which takes a place.
        if (Volatile.Read(ref _seen) >= MaxSeries)
        {
            return _byLabels.GetOrAdd(OverflowLabels, static (labels, buckets) => new MetricSeries(labels, buckets), bounds);
        }

        series = _byLabels.GetOrAdd(LabelText.Of(tags), static (labels, buckets) => new MetricSeries(labels, buckets), bounds);
        if (_byTags.TryAdd(tags.ToArray(), series))
        {
            Interlocked.Increment(ref _seen);
        }

        return series;
    }
}
