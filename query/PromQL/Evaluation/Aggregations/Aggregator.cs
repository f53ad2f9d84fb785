using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>Aggregates a vector group by group.</summary>
/// <param name="expression">What is asked.</param>
/// <param name="log">Takes what the user should know.</param>
internal sealed class Aggregator(AggregateExpression expression, AnnotationLog log)
{
    private readonly LabelSignature _signature = LabelSignature.Of(expression.Grouping);

    /// <param name="series">The operand's.</param>
    /// <param name="parameter">The number or text before it; null for operators that take none.</param>
    /// <param name="count">Times of the grid.</param>
    public VectorValue Apply(IEnumerable<Series> series, Value? parameter, int count) => expression.Operator switch
    {
        AggregationOperator.TopK or AggregationOperator.BottomK => Rank(new VectorValue([.. series]), ((ScalarValue)parameter!).Values),
        AggregationOperator.CountValues => Counted(new VectorValue([.. series]), ((StringValue)parameter!).Text, count),
        AggregationOperator.Quantile => Quantiles(new VectorValue([.. series]), ((ScalarValue)parameter!).Values),
        AggregationOperator.Sum or AggregationOperator.Avg => Sums(series, count),
        _ => Numbers(series, count),
    };

    private VectorValue Sums(IEnumerable<Series> operand, int count)
    {
        Dictionary<Labels, SumFold> groups = Fold(operand, () => new SumFold(expression.Operator == AggregationOperator.Avg, count));
        VectorValue result = Build(groups);
        foreach (SumFold fold in groups.Values)
        {
            log.Note(fold.Annotations, expression);
        }

        return result;
    }

    private VectorValue Numbers(IEnumerable<Series> operand, int count)
    {
        Dictionary<Labels, NumberFold> groups = Fold(operand, () => new NumberFold(expression.Operator, count));
        if (groups.Values.Any(fold => fold.HasLeftOut))
        {
            log.NoteIgnoredHistograms(expression);
        }

        return Build(groups);
    }

    private VectorValue Quantiles(VectorValue vector, double[] levels)
    {
        if (levels.Any(level => !(level >= 0 && level <= 1)))
        {
            log.Note(Annotations.InvalidQuantile, expression);
        }

        if (vector.Series.Any(series => series.Histograms is not null))
        {
            log.NoteIgnoredHistograms(expression);
        }

        return Build(Fold(vector.Series, () => new QuantileFold(levels)));
    }

    private VectorValue Rank(VectorValue vector, double[] sizes)
    {
        if (vector.Series.Any(series => series.Histograms is not null))
        {
            log.NoteIgnoredHistograms(expression);
        }

        if (sizes.Any(double.IsNaN))
        {
            throw new PromQLEvaluationException("The first argument of topk and bottomk is a number of series, and here it is NaN.");
        }

        var ranking = new RankAggregation(sizes, expression.Operator == AggregationOperator.TopK);
        return new VectorValue([.. _signature.Group(vector.Series).Values.SelectMany(ranking.Of)]);
    }

    private VectorValue Counted(VectorValue vector, string label, int count)
    {
        if (label.Length == 0)
        {
            throw new PromQLEvaluationException("The first argument of count_values is the label that gets the values; it may not be empty.");
        }

        return CountValues.Of(vector, _signature, label, count);
    }

    private Dictionary<Labels, TFold> Fold<TFold>(IEnumerable<Series> operand, Func<TFold> create)
        where TFold : GroupFold
    {
        var groups = new Dictionary<Labels, TFold>();
        foreach (Series series in operand)
        {
            Labels key = _signature.Of(series.Labels);
            if (!groups.TryGetValue(key, out TFold? fold))
            {
                groups.Add(key, fold = create());
            }

            fold.Add(series);
        }

        return groups;
    }

    private static VectorValue Build<TFold>(Dictionary<Labels, TFold> groups)
        where TFold : GroupFold =>
        new([.. groups.Select(group => group.Value.Build(group.Key)).Where(series => series.HasAny)]);
}
