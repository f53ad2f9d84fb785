using Observe.Query.PromQL.Evaluation.Aggregations;
using Observe.Query.PromQL.Evaluation.Functions;
using Observe.Query.PromQL.Evaluation.Operators;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Evaluates an expression at all times of a grid at once.</summary>
/// <remarks>
/// <code>
/// expression ──► Evaluator ──► Operators, Aggregations, Functions     series on the grid
///                   ├────────► InstantSelection ┐
///                   └────────► RangeFunctions   ┴──► IMetricSource     samples as they were taken
/// </code>
/// Each part of the expression is a set of series with a value for each time, so that a range costs one walk of the tree and not one for each time.
/// </remarks>
/// <param name="source">Where samples are from.</param>
/// <param name="settings">Of the query.</param>
/// <param name="memory">Where samples are kept. What is returned may still be in it: range vectors are, values on the grid are not.</param>
/// <param name="log">Takes what the user should know.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class Evaluator(IMetricSource source, EvaluationSettings settings, SampleMemory memory, AnnotationLog log, CancellationToken cancellationToken)
{
    /// <exception cref="PromQLEvaluationException">The series that there are do not allow it.</exception>
    public async Task<Value> EvaluateAsync(Expression expression, Grid grid)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return expression switch
        {
            NumberLiteral number => ScalarValue.Constant(number.Value, grid.Count),
            StringLiteral text => new StringValue(text.Value),
            ParenthesizedExpression parenthesized => await EvaluateAsync(parenthesized.Inner, grid),
            UnaryExpression unary => await UnaryAsync(unary, grid),
            BinaryExpression binary => await BinaryAsync(binary, grid),
            VectorSelector selector => await SelectAsync(selector, grid, InstantSelection.Values),
            AggregateExpression aggregate => await AggregateAsync(aggregate, grid),
            CallExpression call => await new CallEvaluator(this, log).EvaluateAsync(call, grid),
            _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Not evaluated by itself."),
        };
    }

    public async Task<VectorValue> VectorAsync(Expression expression, Grid grid) => (VectorValue)await EvaluateAsync(expression, grid);

    public async Task<double[]> ScalarAsync(Expression expression, Grid grid) => ((ScalarValue)await EvaluateAsync(expression, grid)).Values;

    /// <summary>The latest samples of a selector's series.</summary>
    /// <param name="read">What is taken of them: their values or their times.</param>
    public async Task<VectorValue> SelectAsync(VectorSelector selector, Grid grid, Func<SampledSeries, Grid, long, Series> read)
    {
        (Grid times, bool isConstant) = settings.Shift(grid, selector.At, selector.Offset);
        IReadOnlyList<SampledSeries> found = await source.SelectAsync(
            selector, new SampleRange(times.Start - settings.Lookback, times.End, IsLatestOnly: times.Count == 1), memory, cancellationToken);
        IEnumerable<Series> series = found.Select(one => read(one, times, settings.Lookback)).Where(one => one.HasAny);
        return new VectorValue([.. isConstant ? series.Select(one => one.Repeat(grid.Count)) : series]);
    }

    /// <summary>The samples that a range vector's windows are cut out of, and the times at which the windows end.</summary>
    public async Task<WindowedSeries> WindowsAsync(Expression range, Grid grid)
    {
        switch (range)
        {
            case ParenthesizedExpression parenthesized:
                return await WindowsAsync(parenthesized.Inner, grid);
            case RangeSelector selector:
                long length = settings.Length(selector.Range);
                (Grid times, bool isConstant) = settings.Shift(grid, selector.Selector.At, selector.Selector.Offset);
                return new WindowedSeries(
                    await source.SelectAsync(selector.Selector, new SampleRange(times.Start - length, times.End), memory, cancellationToken), times, length, isConstant);
            case Subquery subquery:
                return await SubqueryAsync(subquery, grid);
            default:
                throw new ArgumentOutOfRangeException(nameof(range), range, "No range vector.");
        }
    }

    private async Task<WindowedSeries> SubqueryAsync(Subquery subquery, Grid grid)
    {
        long length = settings.Length(subquery.Range);
        long step = subquery.Step is { } written ? settings.Length(written) : settings.SubqueryStep;
        (Grid times, bool isConstant) = settings.Shift(grid, subquery.At, subquery.Offset);

        // Aligned to multiples of the step, so that the same query a moment later sees the same samples.
        long first = (FloorDivide(times.Start - length, step) + 1) * step;
        if (first > times.End)
        {
            return new WindowedSeries([], times, length, isConstant);
        }

        VectorValue vector = await EvaluateAsync(subquery.Operand, Grid.Of(first, times.End, step)) switch
        {
            ScalarValue scalar => new VectorValue([new Series(Labels.Empty, scalar.Values)]),
            Value value => (VectorValue)value,
        };
        return new WindowedSeries([.. vector.Series.Select(series => Sampled(series, first, step))], times, length, isConstant);
    }

    private static long FloorDivide(long dividend, long divisor) => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    private static SampledSeries Sampled(Series series, long first, long step)
    {
        var samples = new SamplesBuilder<double>();
        var histograms = new SamplesBuilder<FloatHistogram>();
        for (int i = 0; i < series.Values.Length; i++)
        {
            if (!StaleMarker.Is(series.Values[i]))
            {
                samples.Add(first + (i * step), series.Values[i]);
            }
            else if (series.Histograms?[i] is { } histogram)
            {
                // Between two evaluations a counter may have been reset or not, whatever was known of the samples themselves.
                histograms.Add(first + (i * step), histogram.CounterResetHint == CounterResetHint.Gauge ? histogram : histogram with { CounterResetHint = CounterResetHint.Unknown });
            }
        }

        return new SampledSeries(series.Labels, samples.Build(), histograms.Build());
    }

    private async Task<Value> UnaryAsync(UnaryExpression unary, Grid grid)
    {
        Value operand = await EvaluateAsync(unary.Operand, grid);
        if (!unary.IsNegation)
        {
            return operand;
        }

        return operand is ScalarValue scalar
            ? new ScalarValue([.. scalar.Values.Select(value => -value)])
            : SeriesSet.Of([.. ((VectorValue)operand).Series.Select(series => new Series(
                series.Labels.WithoutName(),
                [.. series.Values.Select(value => StaleMarker.Is(value) ? value : -value)],
                series.Histograms?.Select(histogram => histogram?.Negate()).ToArray()))]);
    }

    private async Task<Value> BinaryAsync(BinaryExpression binary, Grid grid)
    {
        Task<Value> evaluatingLeft = EvaluateAsync(binary.Left, grid), evaluatingRight = EvaluateAsync(binary.Right, grid);
        await Task.WhenAll(evaluatingLeft, evaluatingRight);
        var element = new ElementOperator(binary.Operator, binary.ReturnsBool);
        Value result = (await evaluatingLeft, await evaluatingRight) switch
        {
            (ScalarValue left, ScalarValue right) => ScalarOperators.Apply(binary.Operator, left.Values, right.Values),
            (ScalarValue left, VectorValue right) => ScalarOperators.Apply(binary.Operator, binary.ReturnsBool, right.Series, left.Values, isScalarLeft: true, element),
            (VectorValue left, ScalarValue right) => ScalarOperators.Apply(binary.Operator, binary.ReturnsBool, left.Series, right.Values, isScalarLeft: false, element),
            (VectorValue left, VectorValue right) when binary.Operator.IsSet() => SetOperators.Apply(binary.Operator, left.Series, right.Series, binary.Matching!, grid.Count),
            (VectorValue left, VectorValue right) => new VectorOperators(binary, element, grid.Count).Apply(left.Series, right.Series),
            _ => throw new ArgumentOutOfRangeException(nameof(binary), binary, "Operands are numbers or instant vectors."),
        };
        log.Note(element.Annotations, binary);
        if (element.HasMetUndefined)
        {
            log.Inform($"{binary.Operator.Symbol()} is not defined for what met here, a histogram and a number or two histograms, so there is no result for it", binary);
        }

        return result;
    }

    private async Task<VectorValue> AggregateAsync(AggregateExpression aggregate, Grid grid)
    {
        Value? parameter = aggregate.Parameter is null ? null : await EvaluateAsync(aggregate.Parameter, grid);
        return new Aggregator(aggregate, log).Apply(await SeriesAsync(aggregate.Operand, grid), parameter, grid.Count);
    }

    /// <summary>The series of an instant vector, to be taken once.</summary>
    private async Task<IEnumerable<Series>> SeriesAsync(Expression expression, Grid grid) => expression switch
    {
        ParenthesizedExpression parenthesized => await SeriesAsync(parenthesized.Inner, grid),
        CallExpression call when call.Function.Parameters.Any(parameter => parameter.Type == ExpressionType.RangeVector) => await new RangeFunctions(this, log).SeriesAsync(call, grid),
        _ => (await VectorAsync(expression, grid)).Series,
    };
}
