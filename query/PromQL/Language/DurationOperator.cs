namespace Observe.Query.PromQL.Language;

/// <summary>What durations are computed with.</summary>
public enum DurationOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary><c>%</c>: the remainder, with the sign of the dividend.</summary>
    Modulo,

    Power,

    /// <summary><c>min_of(a, b)</c></summary>
    MinOf,

    /// <summary><c>max_of(a, b)</c></summary>
    MaxOf,
}
