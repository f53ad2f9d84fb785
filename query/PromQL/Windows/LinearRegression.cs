namespace Observe.Query.PromQL.Windows;

/// <summary><c>deriv</c> and <c>predict_linear</c>: the straight line with the least squares of distances from the floats of a window.</summary>
public static class LinearRegression
{
    /// <summary>Its slope, per second.</summary>
    public static WindowResult Derivative(in SampleWindow window, ref Annotations annotations)
    {
        // Seen from a time nearby: squares of seconds since 1970 would leave no digits for the differences.
        return HasLine(window, ref annotations) ? Line(window.Times, window.Values, window.Times[0]).Slope : WindowResult.None;
    }

    /// <summary>Its value some seconds after the window's end.</summary>
    /// <param name="seconds">
    /// Counted from the time of the evaluation, as the query says them; a selector with an offset ends before it, so its offset is added.
    /// </param>
    public static WindowResult Predict(in SampleWindow window, double seconds, ref Annotations annotations)
    {
        if (!HasLine(window, ref annotations))
        {
            return WindowResult.None;
        }

        (double slope, double intercept) = Line(window.Times, window.Values, window.End);
        return (slope * seconds) + intercept;
    }

    private static bool HasLine(in SampleWindow window, ref Annotations annotations)
    {
        if (window.IsMixed)
        {
            annotations |= Annotations.HistogramsIgnored;
        }

        return window.Values.Length >= 2;
    }

    private static (double Slope, double Intercept) Line(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long origin)
    {
        // A line without slope is exact, and rounding would give it one.
        if (!values.ContainsAnyExcept(values[0]) && !double.IsNaN(values[0]))
        {
            return double.IsInfinity(values[0]) ? (double.NaN, double.NaN) : (0, values[0]);
        }

        KahanSum sumX = default, sumY = default, sumXY = default, sumXX = default;
        for (int i = 0; i < values.Length; i++)
        {
            double x = Seconds.Between(origin, times[i]);
            sumX += x;
            sumY += values[i];
            sumXY += x * values[i];
            sumXX += x * x;
        }

        double n = values.Length;
        double covariance = sumXY.Value - (sumX.Value * sumY.Value / n);
        double variance = sumXX.Value - (sumX.Value * sumX.Value / n);
        double slope = covariance / variance;
        return (slope, (sumY.Value / n) - (slope * sumX.Value / n));
    }
}
