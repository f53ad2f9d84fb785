namespace Observe.Ingest.Cardinality;

/// <summary>What the engine said to a wish.</summary>
/// <param name="Wish">What it was asked.</param>
/// <param name="Metrics">The metrics, by name; those whose series were too many for the memory are given up. Null when it could not say.</param>
/// <param name="Missing">Metrics that it has and for whose names there was no memory; at most <see cref="DayWishes.MaxMetrics"/>.</param>
/// <param name="IsWhole">Whether no more are missing than these.</param>
internal sealed record StoredSeries(Wish Wish, Dictionary<string, MetricDay>? Metrics, IReadOnlyCollection<string> Missing, bool IsWhole)
{
    /// <summary>Gives the memory of all metrics back.</summary>
    public void Release()
    {
        foreach (MetricDay metric in Metrics?.Values.AsEnumerable() ?? [])
        {
            metric.Release();
        }
    }
}
