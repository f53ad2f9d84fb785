using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary><c>code=~"5.."</c></summary>
/// <param name="Name">The label.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">With what: a text, or a regular expression that the whole value must match (see <see cref="LabelPattern"/>).</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record LabelMatcher(string Name, MatchOperator Operator, string Value, TextSpan Span)
{
    /// <summary>The label that holds the metric's name.</summary>
    public const string MetricName = "__name__";

    /// <summary>Whether series without the label match.</summary>
    public bool MatchesEmpty => Operator switch
    {
        MatchOperator.Equal => Value.Length == 0,
        MatchOperator.NotEqual => Value.Length > 0,
        MatchOperator.Matches => LabelPattern.MatchesEmpty(Value),
        _ => !LabelPattern.MatchesEmpty(Value),
    };
}
