using System.Globalization;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Language;

/// <summary>Writes trees for comparison, without their positions and without any help of the code under test.</summary>
internal static class TreeText
{
    public static string Of(Expression expression) => expression switch
    {
        NumberLiteral number => Number(number.Value) + (number.IsDuration ? "s" : ""),
        StringLiteral text => $"\"{text.Value}\"",
        ParenthesizedExpression parenthesized => $"(paren {Of(parenthesized.Inner)})",
        UnaryExpression unary => $"({(unary.IsNegation ? "neg" : "pos")} {Of(unary.Operand)})",
        BinaryExpression binary => $"({Symbol(binary.Operator)}{(binary.ReturnsBool ? " bool" : "")}{Matching(binary.Matching)} {Of(binary.Left)} {Of(binary.Right)})",
        VectorSelector selector => Timed(Selector(selector), selector.At, selector.Offset),
        RangeSelector range => $"(range {Of(range.Range)} {Of(range.Selector)})",
        Subquery subquery => Timed($"(subquery {Of(subquery.Range)} {Of(subquery.Step)} {Of(subquery.Operand)})", subquery.At, subquery.Offset),
        CallExpression call => $"({string.Join(' ', call.Arguments.Select(Of).Prepend(call.Function.Name))})",
        AggregateExpression aggregate => $"({Name(aggregate.Operator)}{Grouping(aggregate.Grouping)}{(aggregate.Parameter is null ? "" : " " + Of(aggregate.Parameter))} {Of(aggregate.Operand)})",
        _ => throw new InvalidOperationException($"No text for {expression.GetType().Name}."),
    };

    public static string Of(DurationNode? duration) => duration switch
    {
        null => "-",
        DurationLiteral literal => Number(literal.Seconds) + (literal.HasUnit ? "s" : ""),
        StepDuration => "step",
        QueryRangeDuration => "range",
        NegatedDuration negated => $"(neg {Of(negated.Operand)})",
        ParenthesizedDuration parenthesized => $"(paren {Of(parenthesized.Inner)})",
        BinaryDuration binary => $"({Symbol(binary.Operator)} {Of(binary.Left)} {Of(binary.Right)})",
        _ => throw new InvalidOperationException($"No text for {duration.GetType().Name}."),
    };

    private static string Selector(VectorSelector selector)
    {
        string name = selector.Name ?? "_";

        // The order of matchers has no meaning.
        string[] matchers = [.. selector.Matchers.Select(matcher => $" {matcher.Name}{Symbol(matcher.Operator)}\"{matcher.Value}\"").Order(StringComparer.Ordinal)];
        return matchers.Length == 0 ? name : $"({name}{string.Concat(matchers)})";
    }

    private static string Timed(string text, AtModifier? at, DurationNode? offset)
    {
        text = at is null ? text : $"(at {(at.Anchor == AtAnchor.Time ? at.UnixMilliseconds.ToString(CultureInfo.InvariantCulture) : at.Anchor.ToString())} {text})";
        return offset is null ? text : $"(offset {Of(offset)} {text})";
    }

    private static string Matching(VectorMatching? matching)
    {
        string labels = matching is { IsOn: false, Labels.Count: 0 } or null ? "" : $" {(matching.IsOn ? "on" : "ignoring")}[{string.Join(' ', matching.Labels)}]";
        return labels + matching?.Cardinality switch
        {
            MatchCardinality.ManyToOne => $" left[{string.Join(' ', matching.Include)}]",
            MatchCardinality.OneToMany => $" right[{string.Join(' ', matching.Include)}]",
            _ => "",
        };
    }

    private static string Grouping(Grouping grouping) =>
        grouping.IsWithout ? $" without[{string.Join(' ', grouping.Labels)}]"
        : grouping.Labels.Count > 0 ? $" by[{string.Join(' ', grouping.Labels)}]"
        : "";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Name(AggregationOperator aggregation) => aggregation == AggregationOperator.CountValues ? "count_values" : aggregation.ToString().ToLowerInvariant();

    private static string Symbol(MatchOperator match) => match switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        _ => "!~",
    };

    private static string Symbol(DurationOperator binary) => binary switch
    {
        DurationOperator.Add => "+",
        DurationOperator.Subtract => "-",
        DurationOperator.Multiply => "*",
        DurationOperator.Divide => "/",
        DurationOperator.Modulo => "%",
        DurationOperator.Power => "^",
        DurationOperator.MinOf => "min",
        _ => "max",
    };

    private static string Symbol(BinaryOperator binary) => binary switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "^",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.TrimUpper => "</",
        BinaryOperator.TrimLower => ">/",
        _ => binary.ToString().ToLowerInvariant(),
    };
}
