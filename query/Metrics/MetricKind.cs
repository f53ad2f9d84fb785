namespace Observe.Query.Metrics;

/// <summary>Prometheus's types, as far as .NET's instruments have them.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
