namespace Observe.Query.PromQL.Windows;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c>: how much a series rose over the window, extrapolated to its ends by <see cref="Extrapolation"/>.
/// </summary>
public static class ExtrapolatedRate
{
    /// <summary>The increase of a counter per second.</summary>
    public static WindowResult Rate(in SampleWindow window, ref Annotations annotations) => Of(window, true, true, ref annotations);

    /// <summary>The increase of a counter: a fall is a reset, after which it began at zero.</summary>
    public static WindowResult Increase(in SampleWindow window, ref Annotations annotations) => Of(window, true, false, ref annotations);

    /// <summary>The difference of a gauge between the ends of the window.</summary>
    public static WindowResult Delta(in SampleWindow window, ref Annotations annotations) => Of(window, false, false, ref annotations);

    private static WindowResult Of(in SampleWindow window, bool isCounter, bool perSecond, ref Annotations annotations)
    {
        if (window.IsMixed)
        {
            annotations |= Annotations.MixedFloatsHistograms;
            return WindowResult.None;
        }

        if (window.Values.Length >= 2)
        {
            double rise = FloatIncrease(window.Values, isCounter);
            return rise * Factor(window, window.Times, isCounter ? Extrapolation.ZeroAfter(window.Values[0], rise) : double.PositiveInfinity, perSecond);
        }

        if (window.Histograms.Length < 2 || HistogramIncrease.Of(window.Samples, isCounter, ref annotations) is not { } increase)
        {
            return WindowResult.None;
        }

        double zeroAfter = isCounter ? Extrapolation.ZeroAfter(window.Histograms[0].Count, increase.Count) : double.PositiveInfinity;
        return increase.Multiply(Factor(window, window.HistogramTimes, zeroAfter, perSecond));
    }

    private static double FloatIncrease(ReadOnlySpan<double> values, bool isCounter)
    {
        double increase = values[^1] - values[0];
        if (isCounter)
        {
            for (int i = 1; i < values.Length; i++)
            {
                if (values[i] < values[i - 1])
                {
                    increase += values[i - 1];
                }
            }
        }

        return increase;
    }

    private static double Factor(in SampleWindow window, ReadOnlySpan<long> times, double zeroAfter, bool perSecond)
    {
        double factor = Extrapolation.Factor(window.Start, window.End, times[0], times[^1], times.Length, zeroAfter);
        return perSecond ? factor / Seconds.Between(window.Start, window.End) : factor;
    }
}
