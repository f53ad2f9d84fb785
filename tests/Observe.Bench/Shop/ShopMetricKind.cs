namespace Observe.Bench.Shop;

/// <summary>What a metric's points look like.</summary>
internal enum ShopMetricKind
{
    GaugeInt,
    GaugeDouble,
    CounterInt,
    CounterDouble,
    Histogram,
    ExponentialHistogram,
}
