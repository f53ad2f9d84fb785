using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What an aggregate of some rows is.</summary>
/// <param name="expressions">Values of fields.</param>
/// <param name="filters">Conditions of <c>count(FILTER)</c>.</param>
internal sealed class ReferenceAggregate(ReferenceExpression expressions, ReferenceRowFilter filters)
{
    /// <param name="node">The aggregate.</param>
    /// <param name="rows">The group.</param>
    /// <param name="seconds">The seconds that the group is spread over.</param>
    public object? Compute(AggregateNode node, IReadOnlyList<ReferenceRow> rows, double seconds)
    {
        if (node.Function is AggregateFunction.Count or AggregateFunction.Rate)
        {
            long count = rows.Count(row => filters.Holds(node.Filter, row));
            return node.Function == AggregateFunction.Count ? count : count / seconds;
        }

        FieldName field = node.Field!;
        ReferenceRow[] having = [.. rows.Where(row => expressions.Value(field, row) is not null)];
        object[] values = [.. having.Select(row => expressions.Value(field, row)!)];
        double[] numbers = [.. having.Select(row => expressions.Number(field, row)).OfType<double>().Order()];
        string[] texts = [.. values.Select(value => ReferenceValue.Text(value)!).Distinct()];
        return node.Function switch
        {
            AggregateFunction.Distinct => (long)texts.Length,
            AggregateFunction.Values => new SomeOf(texts, (int)node.Parameter!.Value),
            AggregateFunction.First => Edge(having, field, times => times.Min()),
            AggregateFunction.Last => Edge(having, field, times => times.Max()),
            AggregateFunction.Min when field.FullName == "severity" => texts.Where(text => ReferenceSeverity.Rank(text) is not null).MinBy(ReferenceSeverity.Rank),
            AggregateFunction.Max when field.FullName == "severity" => texts.Where(text => ReferenceSeverity.Rank(text) is not null).MaxBy(ReferenceSeverity.Rank),
            AggregateFunction.Min or AggregateFunction.Max when expressions.Kind(field) == ReferenceKind.Text => Extreme(texts, node.Function),
            _ when numbers.Length == 0 => null,
            AggregateFunction.Sum => numbers.Sum(),
            AggregateFunction.Avg => numbers.Average(),
            AggregateFunction.Min => numbers[0],
            AggregateFunction.Max => numbers[^1],
            AggregateFunction.StdDev => Deviation(numbers),
            AggregateFunction.Quantile => Quantile(numbers, node.Parameter!.Value),
            _ => throw new ArgumentException($"No meaning for {node.Function}."),
        };
    }

    private static string? Extreme(string[] texts, AggregateFunction function)
    {
        Array.Sort(texts, ReferenceText.Compare);
        return texts.Length == 0 ? null : function == AggregateFunction.Min ? texts[0] : texts[^1];
    }

    /// <summary>The values of the records of the earliest or latest time; which of them, is not said.</summary>
    private OneOf? Edge(ReferenceRow[] rows, FieldName field, Func<IEnumerable<long>, long> choose)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        long time = choose(rows.Select(row => row.Record!.Timestamp));
        return new OneOf([.. rows.Where(row => row.Record!.Timestamp == time).Select(row => expressions.Value(field, row))]);
    }

    private static Within Deviation(double[] numbers)
    {
        double mean = numbers.Average();
        double deviation = Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / numbers.Length);
        return new Within(deviation, deviation);
    }

    /// <summary>Between the values on both sides of the rank, and one further, as the t-digest of a small group is.</summary>
    private static Within Quantile(double[] numbers, double level)
    {
        double rank = level * (numbers.Length - 1);
        return new Within(numbers[(int)Math.Max(Math.Floor(rank) - 1, 0)], numbers[(int)Math.Min(Math.Ceiling(rank) + 1, numbers.Length - 1)]);
    }
}
