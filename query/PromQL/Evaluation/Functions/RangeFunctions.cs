using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Windows;

namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>Evaluates functions of range vectors: for each series and each time of what lies in the window that ends then.</summary>
internal sealed class RangeFunctions(Evaluator evaluator, AnnotationLog log)
{
    /// <summary>Those whose result is a sample as it was taken, and so still one of the metric.</summary>
    private static readonly HashSet<string> OfSamples = new(["first_over_time", "last_over_time"], StringComparer.Ordinal);

    public async Task<VectorValue> EvaluateAsync(CallExpression call, Grid grid)
    {
        IEnumerable<Series> series = await SeriesAsync(call, grid);
        return new VectorValue([.. series]);
    }

    /// <summary>The result's series, each computed when it is taken: one that is added to a sum does not have to be kept until all are there.</summary>
    /// <returns>To be taken once, while the evaluation lasts.</returns>
    public async Task<IEnumerable<Series>> SeriesAsync(CallExpression call, Grid grid)
    {
        int range = call.Arguments.TakeWhile(argument => argument.Type != ExpressionType.RangeVector).Count();
        WindowedSeries windows = await evaluator.WindowsAsync(call.Arguments[range], grid);
        if (call.Function.Name == "absent_over_time")
        {
            return AbsentFunction.Of(call.Arguments[range], Presence(windows, grid)).Series;
        }

        WindowFunction function = WindowFunctions.Find(call.Function.Name)!;
        double[] parameters = call.Function.Parameters.Count == 1 ? [] : await evaluator.ScalarAsync(CallEvaluator.Argument(call, 1 - range), grid);
        if (function.Name == "predict_linear")
        {
            // From the time of the evaluation, wherever offset and @ have put the window.
            parameters = [.. parameters.Select((seconds, step) => seconds + ((grid[step] - windows.Ends[windows.IsConstant ? 0 : step]) / (double)PromQLTime.Second))];
        }

        IEnumerable<Series> results = Each(call, function, windows, parameters, grid.Count);
        return SeriesSet.AreDistinct(windows.Series, series => Named(function, series)) ? results.Where(series => series.HasAny) : SeriesSet.Of([.. results]).Series;
    }

    private static Labels Named(WindowFunction function, SampledSeries series) => OfSamples.Contains(function.Name) ? series.Labels : series.Labels.WithoutName();

    private IEnumerable<Series> Each(CallExpression call, WindowFunction function, WindowedSeries windows, double[] parameters, int count)
    {
        var annotations = Annotations.None;
        foreach (SampledSeries series in windows.Series)
        {
            Labels labels = Named(function, series);
            yield return windows.IsConstant
                ? Constant(function, labels, series, windows, parameters, count, ref annotations)
                : Each(function, labels, series, windows.Ends, windows.Length, parameters, ref annotations);
        }

        log.Note(annotations, call);
    }

    private static Series Each(
        WindowFunction function, Labels labels, SampledSeries series, Grid ends, long length, ReadOnlySpan<double> parameters, ref Annotations annotations)
    {
        double[] values = new double[ends.Count];
        FloatHistogram?[]? histograms = series.Histograms.Count == 0 ? null : new FloatHistogram?[ends.Count];
        Samples<double> samples = series.Samples.WithoutMarkers();
        ReadOnlySpan<double> numbers = samples.Values;
        ReadOnlySpan<FloatHistogram> others = series.Histograms.Values;
        if (series.IsDelta && function.ReadsCounters)
        {
            numbers = Totals(numbers);
            others = Totals(others);
        }

        WindowFunctions.Evaluate(
            function,
            new SeriesSamples(samples.Times, numbers, series.Histograms.Times, others),
            new WindowGrid(ends.Start, ends.End, ends.Step, length),
            parameters, values, histograms, ref annotations);
        return new Series(labels, values, histograms);
    }

    /// <summary>
    /// What a counter would show. It has counted before the first sample that was read, so it begins at twice what follows: from a counter that is near 0 a rate
    /// is not extended to before it was 0.
    /// </summary>
    private static double[] Totals(ReadOnlySpan<double> increments)
    {
        double[] totals = [.. increments];
        double all = DeltaTemporality.Accumulate(totals);
        totals = [.. increments];
        DeltaTemporality.Accumulate(totals, before: 2 * all);
        return totals;
    }

    private static FloatHistogram[] Totals(ReadOnlySpan<FloatHistogram> increments)
    {
        FloatHistogram[] totals = [.. increments];
        FloatHistogram? all = DeltaTemporality.Accumulate(totals);
        totals = [.. increments];
        DeltaTemporality.Accumulate(totals, before: all?.Multiply(2));
        return totals;
    }

    /// <summary>Of one window for all times: it is computed once, unless the function's number changes with time.</summary>
    private static Series Constant(
        WindowFunction function, Labels labels, SampledSeries series, WindowedSeries windows, double[] parameters, int count, ref Annotations annotations)
    {
        if (parameters.Distinct().Count() <= 1)
        {
            return Each(function, labels, series, windows.Ends, windows.Length, parameters.AsSpan(0, Math.Min(1, parameters.Length)), ref annotations).Repeat(count);
        }

        double[] values = new double[count];
        for (int step = 0; step < count; step++)
        {
            values[step] = Each(function, labels, series, windows.Ends, windows.Length, parameters.AsSpan(step, 1), ref annotations).Values[0];
        }

        return new Series(labels, values);
    }

    /// <summary>Whether any series has a sample in the window, for each time.</summary>
    private static bool[] Presence(WindowedSeries windows, Grid grid)
    {
        bool[] present = new bool[grid.Count];
        foreach (SampledSeries series in windows.Series)
        {
            Mark(series.Samples.WithoutMarkers().Times, windows, present);
            Mark(series.Histograms.Times, windows, present);
        }

        return present;
    }

    private static void Mark(ReadOnlySpan<long> times, WindowedSeries windows, bool[] present)
    {
        var slider = new WindowSlider(times, new WindowGrid(windows.Ends.Start, windows.Ends.End, windows.Ends.Step, windows.Length));
        while (slider.MoveNext())
        {
            if (slider.From < slider.To)
            {
                present.AsSpan(windows.IsConstant ? .. : slider.Step..(slider.Step + 1)).Fill(true);
            }
        }
    }
}
