using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>A part of a PromQL query: the tree that the parser builds and the evaluation walks.</summary>
/// <param name="Span">Where it stands in the query's text.</param>
public abstract record Expression(TextSpan Span)
{
    /// <summary>What it evaluates to.</summary>
    public abstract ExpressionType Type { get; }
}

/// <summary>A number, its sign included.</summary>
/// <param name="Value">The number; of a duration, its seconds.</param>
/// <param name="IsDuration">Whether it was written with units, as <c>1h30m</c>.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record NumberLiteral(double Value, bool IsDuration, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.Scalar;
}

/// <summary>A text, its escapes resolved.</summary>
public sealed record StringLiteral(string Value, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.String;
}

/// <summary><c>(a + b)</c>: kept, so that a query is printed with the parentheses that it was written with.</summary>
public sealed record ParenthesizedExpression(Expression Inner, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type { get; } = Inner.Type;
}

/// <summary><c>-x</c> or <c>+x</c>, where x is no number.</summary>
public sealed record UnaryExpression(bool IsNegation, Expression Operand, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type { get; } = Operand.Type;
}

/// <summary><c>a + b</c>, <c>a > bool b</c>, <c>a and on (job) b</c></summary>
/// <param name="Operator">What is computed.</param>
/// <param name="Left">A number or an instant vector.</param>
/// <param name="Right">A number or an instant vector.</param>
/// <param name="ReturnsBool">A comparison that gives 0 or 1 in place of leaving series out.</param>
/// <param name="Matching">Which series belong together; null unless both sides are vectors.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record BinaryExpression(
    BinaryOperator Operator, Expression Left, Expression Right, bool ReturnsBool, VectorMatching? Matching, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type { get; } =
        Left.Type == ExpressionType.Scalar && Right.Type == ExpressionType.Scalar ? ExpressionType.Scalar : ExpressionType.InstantVector;
}

/// <summary><c>http_requests_total{code="500"} offset 5m</c></summary>
/// <param name="Name">The metric's name, before the braces or quoted within them; null where only matchers say what is meant.</param>
/// <param name="Matchers">What the labels must be, as written; the name is none of them.</param>
/// <param name="Offset">How far back from the evaluation's time; null for not at all.</param>
/// <param name="At">The time that is looked at in place of the evaluation's; null for the evaluation's.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record VectorSelector(
    string? Name, IReadOnlyList<LabelMatcher> Matchers, DurationNode? Offset, AtModifier? At, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.InstantVector;
}

/// <summary><c>http_requests_total[5m] offset 1h</c>: the offset and the <c>@</c> are the selector's.</summary>
public sealed record RangeSelector(VectorSelector Selector, DurationNode Range, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.RangeVector;
}

/// <summary><c>rate(x[5m])[1h:1m]</c>: an instant query, evaluated again and again over a range.</summary>
/// <param name="Operand">An instant vector.</param>
/// <param name="Range">How far back.</param>
/// <param name="Step">How far apart; null for the default.</param>
/// <param name="Offset">How far back from the evaluation's time the range ends; null for not at all.</param>
/// <param name="At">The time at which the range ends in place of the evaluation's; null for the evaluation's.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record Subquery(
    Expression Operand, DurationNode Range, DurationNode? Step, DurationNode? Offset, AtModifier? At, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.RangeVector;
}

/// <summary><c>rate(x[5m])</c></summary>
/// <param name="Function">What is called.</param>
/// <param name="Arguments">As many as were written: those that were left out are the function's defaults.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record CallExpression(PromQLFunction Function, IReadOnlyList<Expression> Arguments, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => Function.ReturnType;
}

/// <summary><c>topk by (job) (3, x)</c></summary>
/// <param name="Operator">What is computed of a group.</param>
/// <param name="Grouping">Which series form a group.</param>
/// <param name="Parameter">The 3 of <c>topk(3, x)</c>; null for operators that take none.</param>
/// <param name="Operand">An instant vector.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record AggregateExpression(
    AggregationOperator Operator, Grouping Grouping, Expression? Parameter, Expression Operand, TextSpan Span) : Expression(Span)
{
    public override ExpressionType Type => ExpressionType.InstantVector;
}
