namespace Observe.Query.PromQL;

/// <summary>
/// What an evaluation has to say beside its result, as Prometheus's warnings and infos. Flags, so that they add up over steps and series at no cost; who
/// reports them knows the metric's name and the place in the query.
/// </summary>
[Flags]
public enum Annotations
{
    None = 0,

    /// <summary>Warning: floats and histograms in one range, for a function that needs one kind. There is no result.</summary>
    MixedFloatsHistograms = 1 << 0,

    /// <summary>Warning: exponential and custom buckets cannot be brought together. There is no result.</summary>
    MixedExponentialCustom = 1 << 1,

    /// <summary>Warning: a function for counters was given a gauge histogram.</summary>
    NotCounter = 1 << 2,

    /// <summary>Warning: a function for gauges was given a counter histogram.</summary>
    NotGauge = 1 << 3,

    /// <summary>Warning: a histogram that is known to follow a counter reset met one that is known not to.</summary>
    CounterResetCollision = 1 << 4,

    /// <summary>Warning: a quantile outside of 0 to 1.</summary>
    InvalidQuantile = 1 << 5,

    /// <summary>Info: only the floats of a range that has histograms too were looked at.</summary>
    HistogramsIgnored = 1 << 6,

    /// <summary>Info: histograms with different custom bounds were added; the result has the bounds that they share.</summary>
    BoundsReconciledInAddition = 1 << 7,

    /// <summary>Info: as <see cref="BoundsReconciledInAddition"/>, in a subtraction.</summary>
    BoundsReconciledInSubtraction = 1 << 8,

    /// <summary>Info: as <see cref="BoundsReconciledInAddition"/>, in an aggregation.</summary>
    BoundsReconciledInAggregation = 1 << 9,

    /// <summary>Info: observations of NaN lie above all buckets, and the quantile among them.</summary>
    QuantileIsNaN = 1 << 10,

    /// <summary>Info: observations of NaN count as the largest, so the quantile is too high.</summary>
    QuantileSkewedByNaN = 1 << 11,

    /// <summary>Info: observations of NaN are in no fraction.</summary>
    FractionWithoutNaN = 1 << 12,

    /// <summary>Info: the cumulative counts of a classic histogram decreased from one bucket to the next and were raised.</summary>
    ForcedMonotonicity = 1 << 13,

    /// <summary>Those that Prometheus reports as warnings; the others are infos.</summary>
    Warnings = MixedFloatsHistograms | MixedExponentialCustom | NotCounter | NotGauge | CounterResetCollision | InvalidQuantile,
}
