namespace Observe.Query.PromQL.Language;

/// <summary>What an aggregation computes of a group's series.</summary>
public enum AggregationOperator
{
    Sum,
    Min,
    Max,
    Avg,

    /// <summary>1 for every group.</summary>
    Group,

    /// <summary>The standard deviation of the population.</summary>
    StdDev,

    /// <summary>The variance of the population.</summary>
    StdVar,

    Count,

    /// <summary><c>count_values("label", x)</c>: how many series have each value.</summary>
    CountValues,

    /// <summary><c>bottomk(k, x)</c>: the k series with the smallest values.</summary>
    BottomK,

    /// <summary><c>topk(k, x)</c>: the k series with the largest values.</summary>
    TopK,

    /// <summary><c>quantile(φ, x)</c></summary>
    Quantile,
}
