using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary><c>sum_over_time</c> and <c>avg_over_time</c>, of floats or of histograms.</summary>
public static class SumOverTime
{
    public static WindowResult Sum(in SampleWindow window, ref Annotations annotations)
    {
        if (IsRefused(window, ref annotations))
        {
            return WindowResult.None;
        }

        if (window.Histograms.IsEmpty)
        {
            return Sum(window.Values);
        }

        var sum = new HistogramSum();
        foreach (FloatHistogram histogram in window.Histograms)
        {
            if (!sum.Add(histogram, ref annotations))
            {
                return WindowResult.None;
            }
        }

        return sum.Value;
    }

    public static WindowResult Average(in SampleWindow window, ref Annotations annotations)
    {
        if (IsRefused(window, ref annotations))
        {
            return WindowResult.None;
        }

        if (window.Histograms.IsEmpty)
        {
            return Average(window.Values);
        }

        var mean = new HistogramMean();
        foreach (FloatHistogram histogram in window.Histograms)
        {
            if (!mean.Add(histogram, ref annotations))
            {
                return WindowResult.None;
            }
        }

        return mean.Value;
    }

    internal static double Sum(ReadOnlySpan<double> values)
    {
        KahanSum sum = default;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum.Value;
    }

    /// <summary>The sum divided by the number of values, which is the most exact, or, where the sum overflows, the mean carried along from there.</summary>
    internal static double Average(ReadOnlySpan<double> values)
    {
        KahanSum sum = new(values[0], 0);
        for (int i = 1; i < values.Length; i++)
        {
            KahanSum next = sum + values[i];
            if (double.IsInfinity(next.Sum))
            {
                return IncrementalMean(sum / i, values, i);
            }

            sum = next;
        }

        return (sum.Sum / values.Length) + (sum.Compensation / values.Length);
    }

    private static double IncrementalMean(KahanSum mean, ReadOnlySpan<double> values, int done)
    {
        for (int i = done; i < values.Length; i++)
        {
            double count = i + 1;
            mean = (mean * ((count - 1) / count)) + (values[i] / count);
        }

        return mean.Value;
    }

    private static bool IsRefused(in SampleWindow window, ref Annotations annotations)
    {
        if (window.IsMixed)
        {
            annotations |= Annotations.MixedFloatsHistograms;
            return true;
        }

        return window.Values.IsEmpty && window.Histograms.IsEmpty;
    }
}
