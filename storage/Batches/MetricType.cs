namespace Observe.Storage.Batches;

/// <summary>The kind of data that a metric has.</summary>
public enum MetricType : sbyte
{
    Gauge = 1,
    Sum = 2,
    Histogram = 3,
    ExponentialHistogram = 4,
    Summary = 5,
}
