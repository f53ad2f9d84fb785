using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>A series on a grid: at each of its times a number, a histogram or nothing.</summary>
/// <param name="labels">What it is told from others by.</param>
/// <param name="values">A number for each time; <see cref="StaleMarker"/> where there is none, or a histogram.</param>
/// <param name="histograms">A histogram for each time, null where there is none; null where there are none at all, as in most series.</param>
public sealed class Series(Labels labels, double[] values, FloatHistogram?[]? histograms = null)
{
    public Labels Labels => labels;

    public double[] Values => values;

    public FloatHistogram?[]? Histograms => histograms;

    /// <summary>Whether there is a number or a histogram.</summary>
    public bool Has(int step) => !StaleMarker.Is(values[step]) || histograms?[step] is not null;

    /// <summary>Whether there is one at any time: an empty series is none.</summary>
    public bool HasAny => !StaleMarker.IsAll(values) || histograms?.Any(histogram => histogram is not null) == true;

    public Series With(Labels other) => new(other, values, histograms);

    /// <summary>The same at every time of a grid, of a series with one time.</summary>
    public Series Repeat(int count)
    {
        double[] repeated = new double[count];
        Array.Fill(repeated, values[0]);
        return new Series(labels, repeated, histograms is null ? null : [.. Enumerable.Repeat(histograms[0], count)]);
    }
}
