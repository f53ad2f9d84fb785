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
        ReadOnlySpan<double> numbers = series.Samples.Values;
        var cursor = new InstantCursor(series.Samples.Times, series.Histograms.Times, grid, lookback);
        while (cursor.MoveNext())
        {
            if (cursor.IsNumber)
            {
                values[cursor.Step] = numbers[cursor.Index];
            }
            else
            {
                histograms![cursor.Step] = series.Histograms.Values[cursor.Index];
            }
        }

        return new Series(series.Labels, values, histograms);
    }

    /// <summary>The times of those samples, in seconds since 1970: what <c>timestamp()</c> gives.</summary>
    public static Series Times(SampledSeries series, Grid grid, long lookback)
    {
        double[] values = GridValues.None(grid.Count);
        var cursor = new InstantCursor(series.Samples.Times, series.Histograms.Times, grid, lookback);
        while (cursor.MoveNext())
        {
            if (!cursor.IsNumber || !StaleMarker.Is(series.Samples.Values[cursor.Index]))
            {
                values[cursor.Step] = PromQLTime.Seconds(cursor.IsNumber ? series.Samples.Times[cursor.Index] : series.Histograms.Times[cursor.Index]);
            }
        }

        return new Series(series.Labels, values);
    }
}
