namespace Observe.Query.Language;

/// <summary>What <c>stats</c> can compute of a group's rows.</summary>
public enum AggregateFunction
{
    /// <summary>Rows, or those for which a filter holds, or those that have a field.</summary>
    Count,

    /// <summary>The same for each second of the time range, or of the bin when rows are grouped by time.</summary>
    Rate,

    Sum,
    Avg,
    Min,
    Max,

    /// <summary>The standard deviation of the population.</summary>
    StdDev,

    Quantile,

    /// <summary>How many different values there are.</summary>
    Distinct,

    /// <summary>The value of the earliest record.</summary>
    First,

    /// <summary>The value of the latest record.</summary>
    Last,

    /// <summary>A list of different values.</summary>
    Values,
}
