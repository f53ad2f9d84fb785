namespace Observe.Query.Language;

/// <summary>A part of what <c>let</c> computes.</summary>
/// <param name="Span">Where it stands in the query's text.</param>
public abstract record ExpressionNode(TextSpan Span);

/// <summary>The value of a field.</summary>
public sealed record FieldExpression(FieldName Field, TextSpan Span) : ExpressionNode(Span);

/// <summary>A text (quoted), a number, a duration, a size, true or false.</summary>
public sealed record LiteralExpression(QueryValue Value, TextSpan Span) : ExpressionNode(Span);

/// <summary><c>-x</c> or <c>not x</c></summary>
public sealed record UnaryExpression(UnaryOperator Operator, ExpressionNode Operand, TextSpan Span) : ExpressionNode(Span);

/// <summary><c>a + b</c>, <c>a &lt;= b</c>, <c>a and b</c></summary>
public sealed record BinaryExpression(BinaryOperator Operator, ExpressionNode Left, ExpressionNode Right, TextSpan Span) : ExpressionNode(Span);

/// <summary><c>if(error, 1, 0)</c></summary>
public sealed record CallExpression(ExpressionFunction Function, IReadOnlyList<ExpressionNode> Arguments, TextSpan Span) : ExpressionNode(Span);
