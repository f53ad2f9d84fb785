namespace Observe.Query.PromQL.Selection;

/// <summary>What of a metric's points a name means.</summary>
public enum MetricView
{
    /// <summary>The value of a gauge or sum.</summary>
    Value,

    /// <summary>The whole histogram, as a native one.</summary>
    Histogram,

    /// <summary><c>_bucket</c>: a histogram's cumulative counts, a series for each bound.</summary>
    Bucket,

    /// <summary><c>_count</c>: the number of observations.</summary>
    Count,

    /// <summary><c>_sum</c>: the sum of observations.</summary>
    Sum,

    /// <summary>A summary's quantiles, a series for each.</summary>
    Quantile,

    /// <summary>No points: that a resource sent metrics (<see cref="Targets.TargetInfo"/>).</summary>
    Target,
}

internal static class MetricViews
{
    /// <summary>Tells the buckets of a histogram apart: what they count is not above it.</summary>
    public const string Bound = "le";

    /// <summary>Tells the quantiles of a summary apart.</summary>
    public const string Level = "quantile";

    /// <summary>The label that tells the parts of one point apart, and that the stored series does not have; null where there is none.</summary>
    public static string? OwnLabel(this MetricView view) => view switch
    {
        MetricView.Bucket => Bound,
        MetricView.Quantile => Level,
        _ => null,
    };
}
