namespace Observe.Query.PromQL.Histograms;

/// <summary>Whether a counter was reset between two histograms of its series.</summary>
public static class CounterReset
{
    /// <summary>
    /// True when any count fell, in a bucket, of zeros, or of all observations (their sum may fall without one); when the zero bucket became narrower or
    /// ends within a bucket that was populated; when the schema rose, or buckets became custom ones or exponential. The hint of the later one decides
    /// without a look when it knows.
    /// </summary>
    public static bool Between(FloatHistogram previous, FloatHistogram current)
    {
        if (current.CounterResetHint is CounterResetHint.CounterReset or CounterResetHint.NotCounterReset)
        {
            return current.CounterResetHint == CounterResetHint.CounterReset;
        }

        if (current.Count < previous.Count
            || current.UsesCustomBuckets != previous.UsesCustomBuckets
            || current.Schema > previous.Schema
            || current.ZeroThreshold < previous.ZeroThreshold)
        {
            return true;
        }

        // The rest of what can differ is a coarser layout, into which the previous histogram is brought.
        double threshold = current.ZeroThreshold;
        HistogramArithmetic.Align(ref previous, ref current);
        return current.ZeroThreshold != threshold
            || current.ZeroCount < previous.ZeroCount
            || current.Positive.HasFallenFrom(previous.Positive)
            || current.Negative.HasFallenFrom(previous.Negative);
    }
}
