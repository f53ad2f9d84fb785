using System.Collections.Frozen;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>
/// The stable functions over range vectors of Prometheus 3, by their names. <c>absent_over_time</c> is not one of them: it speaks of series that are not there.
/// </summary>
public static class WindowFunctions
{
    private static readonly FrozenDictionary<string, WindowFunction> ByName = new WindowFunction[]
    {
        new("rate", (in window, _, ref said) => ExtrapolatedRate.Rate(window, ref said), SlidingRate.Rate, ReadsCounters: true),
        new("increase", (in window, _, ref said) => ExtrapolatedRate.Increase(window, ref said), SlidingRate.Increase, ReadsCounters: true),
        new("delta", (in window, _, ref said) => ExtrapolatedRate.Delta(window, ref said), SlidingRate.Delta),
        new("irate", (in window, _, ref said) => InstantRate.Rate(window, ref said), ReadsCounters: true),
        new("idelta", (in window, _, ref said) => InstantRate.Delta(window, ref said)),
        new("resets", (in window, _, ref _) => Transitions.Resets(window), SlidingTransitions.Resets, ReadsCounters: true),
        new("changes", (in window, _, ref _) => Transitions.Changes(window), SlidingTransitions.Changes),
        new("deriv", (in window, _, ref said) => LinearRegression.Derivative(window, ref said)),
        new("predict_linear", LinearRegression.Predict),
        new("sum_over_time", (in window, _, ref said) => SumOverTime.Sum(window, ref said), SlidingSum.Sum),
        new("avg_over_time", (in window, _, ref said) => SumOverTime.Average(window, ref said), SlidingSum.Average),
        new("min_over_time", (in window, _, ref said) => FloatsOverTime.Min(window, ref said), SlidingExtremes.Min),
        new("max_over_time", (in window, _, ref said) => FloatsOverTime.Max(window, ref said), SlidingExtremes.Max),
        new("quantile_over_time", FloatsOverTime.Quantile),
        new("stddev_over_time", (in window, _, ref said) => FloatsOverTime.StandardDeviation(window, ref said)),
        new("stdvar_over_time", (in window, _, ref said) => FloatsOverTime.Variance(window, ref said)),
        new("count_over_time", (in window, _, ref _) => SamplesOverTime.Count(window)),
        new("present_over_time", (in window, _, ref _) => SamplesOverTime.Present(window)),
        new("first_over_time", (in window, _, ref _) => SamplesOverTime.First(window)),
        new("last_over_time", (in window, _, ref _) => SamplesOverTime.Last(window)),
    }.ToFrozenDictionary(function => function.Name);

    public static WindowFunction? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Evaluates a function on a grid.</summary>
    /// <param name="samples">All that lie in any of its windows; more do no harm.</param>
    /// <param name="parameters">The function's scalar: one for each step, or one for all of them; empty if it has none.</param>
    /// <param name="values">One for each step: the float, or a stale marker where there is none.</param>
    /// <param name="histograms">One for each step; may be empty when the samples have no histograms.</param>
    public static void Evaluate(
        WindowFunction function,
        SeriesSamples samples,
        WindowGrid grid,
        ReadOnlySpan<double> parameters,
        Span<double> values,
        Span<FloatHistogram?> histograms,
        ref Annotations annotations)
    {
        if (samples.Histograms.IsEmpty && function.Slide is { } slide)
        {
            slide(samples.Times, samples.Values, grid, values);
            histograms.Clear();
            return;
        }

        if (function.ReadsCounters)
        {
            samples = samples.WithResets();
        }

        var floats = new WindowSlider(samples.Times, grid);
        var others = new WindowSlider(samples.HistogramTimes, grid);
        while (floats.MoveNext() && others.MoveNext())
        {
            double parameter = parameters.Length > 1 ? parameters[floats.Step] : parameters.Length == 1 ? parameters[0] : 0;
            var window = new SampleWindow(floats.Start, floats.End, samples.Slice(floats.Range, others.Range));
            WindowResult result = function.Evaluate(window, parameter, ref annotations);
            values[floats.Step] = result is { HasValue: true, Histogram: null } ? result.Value : StaleMarker.Value;
            if (!histograms.IsEmpty)
            {
                histograms[floats.Step] = result.Histogram;
            }
        }
    }
}
