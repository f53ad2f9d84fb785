using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary><c>irate</c> and <c>idelta</c>: from the last two samples of a window alone.</summary>
public static class InstantRate
{
    /// <summary>The increase of a counter per second, between them.</summary>
    public static WindowResult Rate(in SampleWindow window, ref Annotations annotations) => Of(window, true, ref annotations);

    /// <summary>The difference of a gauge between them.</summary>
    public static WindowResult Delta(in SampleWindow window, ref Annotations annotations) => Of(window, false, ref annotations);

    private static WindowResult Of(in SampleWindow window, bool isCounter, ref Annotations annotations)
    {
        // Which kind the last two samples have is told by the one before the last of each kind.
        long secondFloat = window.Times.Length >= 2 ? window.Times[^2] : long.MinValue;
        long secondHistogram = window.HistogramTimes.Length >= 2 ? window.HistogramTimes[^2] : long.MinValue;
        if (window.Times.Length >= 2 && (window.HistogramTimes.IsEmpty || window.HistogramTimes[^1] < secondFloat))
        {
            return OfFloats(window.Times[^2..], window.Values[^2..], isCounter);
        }

        if (window.HistogramTimes.Length >= 2 && (window.Times.IsEmpty || window.Times[^1] < secondHistogram))
        {
            return OfHistograms(window.Samples.Slice(0..0, ^2..), isCounter, ref annotations);
        }

        if (window.IsMixed)
        {
            annotations |= Annotations.MixedFloatsHistograms;
        }

        return WindowResult.None;
    }

    private static WindowResult OfFloats(ReadOnlySpan<long> times, ReadOnlySpan<double> values, bool isCounter)
    {
        if (times[0] == times[1])
        {
            return WindowResult.None;
        }

        double increase = isCounter && values[1] < values[0] ? values[1] : values[1] - values[0];
        return isCounter ? increase / Seconds.Between(times[0], times[1]) : increase;
    }

    private static WindowResult OfHistograms(in SeriesSamples lastTwo, bool isCounter, ref Annotations annotations)
    {
        double seconds = Seconds.Between(lastTwo.HistogramTimes[0], lastTwo.HistogramTimes[1]);
        if (seconds == 0)
        {
            return WindowResult.None;
        }

        (FloatHistogram previous, FloatHistogram last) = (lastTwo.Histograms[0], lastTwo.Histograms[1]);
        bool anyGauge = previous.CounterResetHint == CounterResetHint.Gauge || last.CounterResetHint == CounterResetHint.Gauge;
        bool bothGauges = previous.CounterResetHint == CounterResetHint.Gauge && last.CounterResetHint == CounterResetHint.Gauge;
        annotations |= isCounter && anyGauge ? Annotations.NotCounter : !isCounter && !bothGauges ? Annotations.NotGauge : Annotations.None;
        if (!isCounter)
        {
            return Difference(previous, last, ref annotations);
        }

        FloatHistogram? increase = lastTwo.IsReset(1)
            ? last with { CounterResetHint = CounterResetHint.Gauge }
            : Difference(previous, last, ref annotations);
        return increase?.Divide(seconds);
    }

    /// <summary>Without the collision of hints, as in <see cref="HistogramIncrease"/>.</summary>
    private static FloatHistogram? Difference(FloatHistogram previous, FloatHistogram last, ref Annotations annotations)
    {
        var said = Annotations.None;
        FloatHistogram? difference = HistogramArithmetic.Subtract(last, previous, ref said);
        annotations |= said & ~Annotations.CounterResetCollision;
        return difference;
    }
}
