using System.Buffers;

namespace Observe.Query.PromQL.Windows;

/// <summary>What is asked of the floats of a window alone: <c>min_</c>, <c>max_</c>, <c>quantile_</c>, <c>stddev_</c> and <c>stdvar_over_time</c>.</summary>
public static class FloatsOverTime
{
    /// <summary>NaN only if all are.</summary>
    public static WindowResult Min(in SampleWindow window, ref Annotations annotations)
    {
        if (!HasFloats(window, ref annotations))
        {
            return WindowResult.None;
        }

        double min = window.Values[0];
        foreach (double value in window.Values)
        {
            min = value < min || double.IsNaN(min) ? value : min;
        }

        return min;
    }

    /// <summary>NaN only if all are.</summary>
    public static WindowResult Max(in SampleWindow window, ref Annotations annotations)
    {
        if (!HasFloats(window, ref annotations))
        {
            return WindowResult.None;
        }

        double max = window.Values[0];
        foreach (double value in window.Values)
        {
            max = value > max || double.IsNaN(max) ? value : max;
        }

        return max;
    }

    /// <summary>The value below which a part of the others lies, between two of them in proportion. NaN is below all.</summary>
    /// <param name="quantile">From 0 to 1; below it the result is -Inf, above +Inf.</param>
    public static WindowResult Quantile(in SampleWindow window, double quantile, ref Annotations annotations)
    {
        if (!HasFloats(window, ref annotations))
        {
            return WindowResult.None;
        }

        if (!(quantile is >= 0 and <= 1))
        {
            annotations |= Annotations.InvalidQuantile;
        }

        double[] rented = ArrayPool<double>.Shared.Rent(window.Values.Length);
        Span<double> sorted = rented.AsSpan(0, window.Values.Length);
        window.Values.CopyTo(sorted);
        double result = PromQL.Quantile.Of(quantile, sorted);
        ArrayPool<double>.Shared.Return(rented);
        return result;
    }

    /// <summary>The root of the variance.</summary>
    public static WindowResult StandardDeviation(in SampleWindow window, ref Annotations annotations) =>
        HasFloats(window, ref annotations) ? Math.Sqrt(Variance(window.Values)) : WindowResult.None;

    /// <summary>The mean square of distances from the mean: of the samples themselves, not of what they were drawn from.</summary>
    public static WindowResult Variance(in SampleWindow window, ref Annotations annotations) =>
        HasFloats(window, ref annotations) ? Variance(window.Values) : WindowResult.None;

    /// <summary>In one pass by Welford's method, compensated.</summary>
    private static double Variance(ReadOnlySpan<double> values)
    {
        KahanSum mean = default, squares = default;
        double count = 0;
        foreach (double value in values)
        {
            count++;
            double distance = value - mean.Value;
            mean += distance / count;
            squares += distance * (value - mean.Value);
        }

        return squares.Value / count;
    }

    private static bool HasFloats(in SampleWindow window, ref Annotations annotations)
    {
        if (window.IsMixed)
        {
            annotations |= Annotations.HistogramsIgnored;
        }

        return !window.Values.IsEmpty;
    }
}
