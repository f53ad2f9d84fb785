using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>A length of time: a range, a step or an offset. What it comes to may hang on the query's step and range: see <see cref="DurationEvaluator"/>.</summary>
/// <param name="Span">Where it stands in the query's text.</param>
public abstract record DurationNode(TextSpan Span);

/// <summary><c>5m</c>, <c>300</c>, <c>-1h30m</c></summary>
/// <param name="Seconds">How long, with its sign.</param>
/// <param name="HasUnit">Whether it is printed with units; a plain number is so where it is a factor, as in <c>5m * 2</c>.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record DurationLiteral(double Seconds, bool HasUnit, TextSpan Span) : DurationNode(Span);

/// <summary><c>step()</c>: how far apart the evaluations of a range query are; 0 in an instant query.</summary>
public sealed record StepDuration(TextSpan Span) : DurationNode(Span);

/// <summary><c>range()</c>: from the start to the end of a range query; 0 in an instant query.</summary>
public sealed record QueryRangeDuration(TextSpan Span) : DurationNode(Span);

/// <summary><c>-step()</c></summary>
public sealed record NegatedDuration(DurationNode Operand, TextSpan Span) : DurationNode(Span);

/// <summary><c>5m * 2</c>, <c>min_of(step(), 1m)</c></summary>
public sealed record BinaryDuration(DurationOperator Operator, DurationNode Left, DurationNode Right, TextSpan Span) : DurationNode(Span);

/// <summary><c>(5m + 1m)</c>: kept, as an expression's parentheses are.</summary>
public sealed record ParenthesizedDuration(DurationNode Inner, TextSpan Span) : DurationNode(Span);
