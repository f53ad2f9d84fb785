namespace Observe.Query.PromQL.Language;

/// <summary>The types of PromQL's values.</summary>
public enum ExpressionType
{
    /// <summary>A number.</summary>
    Scalar,

    /// <summary>Series with one sample each.</summary>
    InstantVector,

    /// <summary>Series with the samples of a stretch of time each.</summary>
    RangeVector,

    /// <summary>A text.</summary>
    String,
}
