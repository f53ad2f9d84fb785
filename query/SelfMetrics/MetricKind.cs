namespace Observe.Query.SelfMetrics;

/// <summary>Prometheus's types, as far as .NET's instruments have them.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
