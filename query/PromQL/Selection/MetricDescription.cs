namespace Observe.Query.PromQL.Selection;

/// <summary>What senders say of a metric.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Temporality">Whether points are totals or increments.</param>
/// <param name="Text">Their description of it; empty for none.</param>
public sealed record MetricDescription(MetricIdentity Metric, MetricTemporality Temporality, string Text)
{
    /// <summary>Prometheus's name for the kind of metric.</summary>
    /// <remarks>A sum of increments is a counter as that of totals is, since the functions for counters add it up; one that goes up and down is nothing that Prometheus knows.</remarks>
    public string PrometheusType => Metric.Type switch
    {
        MetricType.Gauge or MetricType.Target => "gauge",
        MetricType.Sum when Metric.IsMonotonic => "counter",
        MetricType.Sum when Temporality == MetricTemporality.Delta => "unknown",
        MetricType.Sum => "gauge",
        MetricType.Histogram or MetricType.ExponentialHistogram => "histogram",
        MetricType.Summary => "summary",
        _ => "unknown",
    };
}
