namespace Observe.Query.PromQL.Language;

/// <summary>How aggregations are written and what they take besides the vector.</summary>
internal static class Aggregations
{
    private static readonly (AggregationOperator Operator, string Name, FunctionParameter? Parameter)[] Table =
    [
        (AggregationOperator.Sum, "sum", null),
        (AggregationOperator.Min, "min", null),
        (AggregationOperator.Max, "max", null),
        (AggregationOperator.Avg, "avg", null),
        (AggregationOperator.Group, "group", null),
        (AggregationOperator.StdDev, "stddev", null),
        (AggregationOperator.StdVar, "stdvar", null),
        (AggregationOperator.Count, "count", null),
        (AggregationOperator.CountValues, "count_values", new FunctionParameter("label", ExpressionType.String)),
        (AggregationOperator.BottomK, "bottomk", new FunctionParameter("k", ExpressionType.Scalar)),
        (AggregationOperator.TopK, "topk", new FunctionParameter("k", ExpressionType.Scalar)),
        (AggregationOperator.Quantile, "quantile", new FunctionParameter("φ", ExpressionType.Scalar)),
    ];

    private static readonly Dictionary<string, AggregationOperator> ByName = Table.ToDictionary(row => row.Name, row => row.Operator, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<AggregationOperator, (string Name, FunctionParameter? Parameter)> ByOperator =
        Table.ToDictionary(row => row.Operator, row => (row.Name, row.Parameter));

    /// <summary>Those that Prometheus has behind a feature flag.</summary>
    private static readonly HashSet<string> Experimental = new(["limitk", "limit_ratio"], StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, for suggestions.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static AggregationOperator? TryParse(string name) => ByName.TryGetValue(name, out AggregationOperator found) ? found : null;

    public static bool IsExperimental(string name) => Experimental.Contains(name);

    public static string Name(this AggregationOperator aggregation) => ByOperator[aggregation].Name;

    /// <summary>What stands before the vector; null for most.</summary>
    public static FunctionParameter? Parameter(this AggregationOperator aggregation) => ByOperator[aggregation].Parameter;
}
