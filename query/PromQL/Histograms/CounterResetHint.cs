namespace Observe.Query.PromQL.Histograms;

/// <summary>What is known of a histogram and the one before it in its series. The numbers are Prometheus's.</summary>
public enum CounterResetHint
{
    /// <summary>Nothing: whether a counter was reset is found by comparing the two.</summary>
    Unknown,

    /// <summary>The counter was reset between the two.</summary>
    CounterReset,

    /// <summary>The counter was not reset between the two.</summary>
    NotCounterReset,

    /// <summary>The histogram is a gauge, or the result of a calculation: it may fall without having been reset.</summary>
    Gauge,
}
