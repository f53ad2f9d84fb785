namespace Observe.Query.PromQL.Evaluation;

/// <summary>What annotations say.</summary>
internal static class AnnotationText
{
    public static string? Of(Annotations annotation) => annotation switch
    {
        Annotations.MixedFloatsHistograms => "there are numbers and histograms together, so there is no result",
        Annotations.MixedExponentialCustom => "histograms with exponential and with explicit buckets cannot be brought together, so there is no result",
        Annotations.NotCounter => "this is for counters, and the histograms are gauges",
        Annotations.NotGauge => "this is for gauges, and the histograms are counters",
        Annotations.CounterResetCollision => "histograms that follow a reset met others that do not",
        Annotations.InvalidQuantile => "a quantile lies between 0 and 1",
        Annotations.HistogramsIgnored => "histograms were left out, since there are numbers too",
        Annotations.BoundsReconciledInAddition => "histograms with different bounds were added: the result has the bounds that they share",
        Annotations.BoundsReconciledInSubtraction => "histograms with different bounds were subtracted: the result has the bounds that they share",
        Annotations.BoundsReconciledInAggregation => "histograms with different bounds were aggregated: the result has the bounds that they share",
        Annotations.QuantileIsNaN => "observations of NaN lie above all buckets, and the quantile among them",
        Annotations.QuantileSkewedByNaN => "observations of NaN count as the largest, so the quantile is too high",
        Annotations.FractionWithoutNaN => "observations of NaN are in no fraction",
        Annotations.ForcedMonotonicity => "the counts of a histogram's buckets decreased from one bucket to the next and were raised",
        _ => null,
    };
}
