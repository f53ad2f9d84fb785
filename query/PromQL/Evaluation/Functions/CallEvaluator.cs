using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>Evaluates calls of functions.</summary>
internal sealed class CallEvaluator(Evaluator evaluator, AnnotationLog log)
{
    public async Task<Value> EvaluateAsync(CallExpression call, Grid grid)
    {
        string name = call.Function.Name;
        if (NumberFunctions.Find(name) is { } ofNumber)
        {
            return Each(await evaluator.VectorAsync(Argument(call, 0), grid), (value, _) => ofNumber(value));
        }

        if (call.Function.Parameters.Any(parameter => parameter.Type == ExpressionType.RangeVector))
        {
            return await new RangeFunctions(evaluator, log).EvaluateAsync(call, grid);
        }

        return name switch
        {
            "time" => new ScalarValue([.. Enumerable.Range(0, grid.Count).Select(step => PromQLTime.Seconds(grid[step]))]),
            "pi" => ScalarValue.Constant(Math.PI, grid.Count),
            "scalar" => Scalar(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count),
            "vector" => new VectorValue([new Series(Labels.Empty, await evaluator.ScalarAsync(Argument(call, 0), grid))]),
            "timestamp" => await TimestampAsync(Argument(call, 0), grid),
            "sort" or "sort_desc" => Sorted(call, await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count),
            "absent" => Absent(Argument(call, 0), await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count),
            "clamp" => await WithNumbersAsync(call, grid, (value, numbers) => ClampFunctions.Clamp(value, numbers[0], numbers[1])),
            "clamp_max" => await WithNumbersAsync(call, grid, (value, numbers) => ClampFunctions.Min(value, numbers[0])),
            "clamp_min" => await WithNumbersAsync(call, grid, (value, numbers) => ClampFunctions.Max(value, numbers[0])),
            "round" => await WithNumbersAsync(call, grid, (value, numbers) => ClampFunctions.Round(value, numbers[0])),
            "label_replace" => LabelFunctions.Replace(
                await evaluator.VectorAsync(Argument(call, 0), grid), Text(call, 1), Text(call, 2), Text(call, 3), Text(call, 4)),
            "label_join" => LabelFunctions.Join(
                await evaluator.VectorAsync(Argument(call, 0), grid), Text(call, 1), Text(call, 2), [.. Enumerable.Range(3, call.Arguments.Count - 3).Select(i => Text(call, i))]),
            "histogram_avg" => HistogramFunctions.OfEach(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count, HistogramStatistics.Average),
            "histogram_count" => HistogramFunctions.OfEach(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count, histogram => histogram.Count),
            "histogram_sum" => HistogramFunctions.OfEach(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count, histogram => histogram.Sum),
            "histogram_stddev" => HistogramFunctions.OfEach(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count, HistogramStatistics.StandardDeviation),
            "histogram_stdvar" => HistogramFunctions.OfEach(await evaluator.VectorAsync(Argument(call, 0), grid), grid.Count, HistogramStatistics.Variance),
            "histogram_quantile" => await QuantileAsync(call, grid),
            "histogram_fraction" => await FractionAsync(call, grid),
            _ => throw new ArgumentOutOfRangeException(nameof(call), name, "Not a function."),
        };
    }

    /// <summary>What was written, or the default of what was left out.</summary>
    internal static Expression Argument(CallExpression call, int index) =>
        index < call.Arguments.Count ? call.Arguments[index] : call.Function.Parameter(index).Default!;

    private static string Text(CallExpression call, int index)
    {
        Expression argument = call.Arguments[index];
        while (argument is ParenthesizedExpression parenthesized)
        {
            argument = parenthesized.Inner;
        }

        return ((StringLiteral)argument).Value;
    }

    private static VectorValue Each(VectorValue vector, Func<double, int, double> compute) => SeriesSet.Of([.. vector.Series.Select(series =>
        new Series(series.Labels.WithoutName(), [.. series.Values.Select((value, step) => StaleMarker.Is(value) ? value : compute(value, step))]))]);

    private async Task<VectorValue> WithNumbersAsync(CallExpression call, Grid grid, Func<double, double[], double> compute)
    {
        VectorValue vector = await evaluator.VectorAsync(Argument(call, 0), grid);
        var arguments = new List<double[]>();
        for (int i = 1; i < call.Function.Parameters.Count; i++)
        {
            arguments.Add(await evaluator.ScalarAsync(Argument(call, i), grid));
        }

        double[][] numbers = [.. Enumerable.Range(0, grid.Count).Select(step => arguments.Select(argument => argument[step]).ToArray())];
        return Each(vector, (value, step) => compute(value, numbers[step]));
    }

    /// <summary>The number of the one series; NaN where there are none or several.</summary>
    private static ScalarValue Scalar(VectorValue vector, int count)
    {
        double[] values = new double[count];
        for (int step = 0; step < count; step++)
        {
            double[] present = [.. vector.Series.Select(series => series.Values[step]).Where(value => !StaleMarker.Is(value)).Take(2)];
            values[step] = present.Length == 1 ? present[0] : double.NaN;
        }

        return new ScalarValue(values);
    }

    private async Task<VectorValue> TimestampAsync(Expression argument, Grid grid)
    {
        Expression inner = argument;
        while (inner is ParenthesizedExpression parenthesized)
        {
            inner = parenthesized.Inner;
        }

        if (inner is VectorSelector selector)
        {
            VectorValue times = await evaluator.SelectAsync(selector, grid, InstantSelection.Times);
            return SeriesSet.Of([.. times.Series.Select(series => series.With(series.Labels.WithoutName()))]);
        }

        VectorValue vector = await evaluator.VectorAsync(argument, grid);
        return SeriesSet.Of([.. vector.Series.Select(series => new Series(
            series.Labels.WithoutName(),
            [.. Enumerable.Range(0, grid.Count).Select(step => series.Has(step) ? PromQLTime.Seconds(grid[step]) : StaleMarker.Value)]))]);
    }

    /// <summary>By the numbers of the one time of an instant query; NaN comes last.</summary>
    private VectorValue Sorted(CallExpression call, VectorValue vector, int count)
    {
        if (count > 1)
        {
            log.Warn("the result of a range query has no order, so there is nothing to sort", call);
            return vector;
        }

        IOrderedEnumerable<Series> numbers = vector.Series.Where(series => !StaleMarker.Is(series.Values[0])).OrderBy(series => double.IsNaN(series.Values[0]));
        return new VectorValue([.. call.Function.Name == "sort" ? numbers.ThenBy(series => series.Values[0]) : numbers.ThenByDescending(series => series.Values[0])]);
    }

    private static VectorValue Absent(Expression argument, VectorValue vector, int count) => AbsentFunction.Of(
        argument, [.. Enumerable.Range(0, count).Select(step => vector.Series.Any(series => series.Has(step)))]);

    private async Task<VectorValue> QuantileAsync(CallExpression call, Grid grid)
    {
        double[] levels = await evaluator.ScalarAsync(Argument(call, 0), grid);
        var annotations = Annotations.None;
        VectorValue result = HistogramFunctions.Of(
            await evaluator.VectorAsync(Argument(call, 1), grid), grid.Count,
            (histogram, step) => HistogramQuantile.Of(histogram, levels[step], ref annotations),
            (buckets, step) => ClassicHistogram.Quantile(levels[step], buckets, out _, ref annotations),
            mistake => log.Warn(mistake, call));
        if (levels.Any(level => !(level >= 0 && level <= 1)))
        {
            annotations |= Annotations.InvalidQuantile;
        }

        log.Note(annotations, call);
        return result;
    }

    private async Task<VectorValue> FractionAsync(CallExpression call, Grid grid)
    {
        double[] lower = await evaluator.ScalarAsync(Argument(call, 0), grid), upper = await evaluator.ScalarAsync(Argument(call, 1), grid);
        var annotations = Annotations.None;
        VectorValue result = HistogramFunctions.Of(
            await evaluator.VectorAsync(Argument(call, 2), grid), grid.Count,
            (histogram, step) => HistogramFraction.Of(histogram, lower[step], upper[step], ref annotations),
            (buckets, step) => ClassicHistogram.Fraction(lower[step], upper[step], buckets),
            mistake => log.Warn(mistake, call));
        log.Note(annotations, call);
        return result;
    }
}
