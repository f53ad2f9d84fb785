namespace Observe.Query.Language;

/// <summary>A column that <c>stats</c> computes, such as <c>p99(duration_ms) as slow</c>.</summary>
/// <param name="Function">What is computed.</param>
/// <param name="Field">Of which values; null for rows (<c>count</c> and <c>rate</c> only).</param>
/// <param name="Filter">Which rows count (<c>count</c> and <c>rate</c> only); null for all.</param>
/// <param name="Parameter">The level of a quantile, between 0 and 1; the most elements of <c>values</c>; else null.</param>
/// <param name="Name">As the query names it; null if it does not.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record AggregateNode(
    AggregateFunction Function, FieldName? Field, FilterNode? Filter, double? Parameter, FieldName? Name, TextSpan Span)
{
    /// <summary>How many elements <c>values</c> has when nothing is said.</summary>
    public const int DefaultValues = 10;
}
