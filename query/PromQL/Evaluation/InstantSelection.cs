using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>The latest sample of a series at each time of a grid, unless it is too old or the series ended there.</summary>
internal static class InstantSelection
{
    /// <param name="series">With the samples of the grid and of the lookback before it.</param>
    /// <param name="grid">The times.</param>
    /// <param name="lookback">Samples of this age, in nanoseconds, or older count no more.</param>
    public static Series Values(SampledSeries series, Grid grid, long lookback)
    {
        double[] values = GridValues.None(grid.Count);
        FloatHistogram?[]? histograms = series.Histograms.Count == 0 ? null : new FloatHistogram?[grid.Count];
        Walk(series, grid, lookback, (step, number, histogram) =>
        {
            if (number >= 0)
            {
                values[step] = series.Samples.Values[number];
            }
            else
            {
                histograms![step] = series.Histograms.Values[histogram];
            }
        });
        return new Series(series.Labels, values, histograms);
    }

    /// <summary>The times of those samples, in seconds since 1970: what <c>timestamp()</c> gives.</summary>
    public static Series Times(SampledSeries series, Grid grid, long lookback)
    {
        double[] values = GridValues.None(grid.Count);
        Walk(series, grid, lookback, (step, number, histogram) =>
        {
            if (number < 0 || !StaleMarker.Is(series.Samples.Values[number]))
            {
                values[step] = PromQLTime.Seconds(number >= 0 ? series.Samples.Times[number] : series.Histograms.Times[histogram]);
            }
        });
        return new Series(series.Labels, values);
    }

    /// <summary>Tells for each time with a sample its index among the numbers, or (the other is -1) among the histograms.</summary>
    private static void Walk(SampledSeries series, Grid grid, long lookback, Action<int, int, int> found)
    {
        ReadOnlySpan<long> numberTimes = series.Samples.Times, histogramTimes = series.Histograms.Times;
        int number = -1, histogram = -1;
        for (int step = 0; step < grid.Count; step++)
        {
            long time = grid[step];
            number = Latest(numberTimes, time, number);
            histogram = Latest(histogramTimes, time, histogram);
            long numberTime = number < 0 ? long.MinValue : numberTimes[number], histogramTime = histogram < 0 ? long.MinValue : histogramTimes[histogram];
            if (Math.Max(numberTime, histogramTime) > time - lookback)
            {
                bool isNumber = numberTime >= histogramTime;
                found(step, isNumber ? number : -1, isNumber ? -1 : histogram);
            }
        }
    }

    private static int Latest(ReadOnlySpan<long> times, long time, int index)
    {
        while (index + 1 < times.Length && times[index + 1] <= time)
        {
            index++;
        }

        return index;
    }
}
