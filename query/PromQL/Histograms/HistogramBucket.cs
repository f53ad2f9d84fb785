namespace Observe.Query.PromQL.Histograms;

/// <summary>A bucket as it is shown: its bounds, which of them belong to it, and the observations between them.</summary>
public readonly record struct HistogramBucket(double Lower, double Upper, bool LowerInclusive, bool UpperInclusive, double Count)
{
    /// <summary>
    /// The part of the bucket's width at or below a value, from 0 to 1, by straight interpolation: for custom buckets and the zero bucket.
    /// </summary>
    /// <param name="value">Between two finite bounds.</param>
    public double LinearFractionBelow(double value) => (value - Lower) / (Upper - Lower);

    /// <summary>
    /// As <see cref="LinearFractionBelow"/>, for exponential buckets: on the logarithmic scale, on which all of them are equally wide.
    /// </summary>
    public double ExponentialFractionBelow(double value)
    {
        double lower = Math.Log2(Math.Abs(Lower));
        double upper = Math.Log2(Math.Abs(Upper));
        double at = Math.Log2(Math.Abs(value));
        return value > 0 ? (at - lower) / (upper - lower) : 1 - ((at - upper) / (lower - upper));
    }
}
