using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said about calls of functions and aggregations.</summary>
internal static class CallMistakes
{
    /// <summary>What others call it.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["average"] = "avg",
        ["mean"] = "avg",
        ["median"] = "quantile(0.5, …)",
        ["percentile"] = "quantile",
        ["p50"] = "quantile(0.5, …)",
        ["p90"] = "quantile(0.9, …)",
        ["p95"] = "quantile(0.95, …)",
        ["p99"] = "quantile(0.99, …)",
        ["top"] = "topk",
        ["bottom"] = "bottomk",
        ["stdev"] = "stddev",
        ["variance"] = "stdvar",
        ["distinct"] = "count(group by (label) (…))",
        ["count_distinct"] = "count(group by (label) (…))",
        ["now"] = "time",
        ["log"] = "ln",
        ["pow"] = "the operator ^",
        ["power"] = "the operator ^",
        ["mod"] = "the operator %",
        ["atan2"] = "the operator atan2",
        ["sign"] = "sgn",
        ["last"] = "last_over_time",
        ["first"] = "first_over_time",
        ["not"] = "unless",
        ["if"] = "a comparison such as a > 0, which leaves the others out",
        ["exists"] = "present_over_time",
        ["holt_winters"] = "predict_linear or deriv",
        ["derivative"] = "deriv",
        ["ceiling"] = "ceil",
        ["per_second"] = "rate",
        ["diff"] = "delta or increase",
    };

    public static string UnknownFunction(string name)
    {
        string shown = Excerpt.Of(name);
        if (PromQLFunctions.IsExperimental(name))
        {
            return $"{shown} is experimental in Prometheus and not supported.";
        }

        if (Synonyms.TryGetValue(name, out string? meant))
        {
            return $"There is no function {shown}: write {meant}.";
        }

        IReadOnlyList<string> nearest = NearestName.Find(name, PromQLFunctions.All.Select(function => function.Name).Concat(Aggregations.Names), 1);
        return nearest.Count == 0 ? $"There is no function {shown}."
            : nearest[0].Equals(name, StringComparison.OrdinalIgnoreCase) ? $"Functions are written small: {nearest[0]}."
            : $"There is no function {shown}. The nearest is {nearest[0]}.";
    }

    /// <summary>What is wrong with an argument that has another type than its parameter.</summary>
    public static string WrongType(CallExpression call, int index)
    {
        PromQLFunction function = call.Function;
        FunctionParameter parameter = function.Parameter(index);
        Expression argument = call.Arguments[index];
        if (call.Arguments.Count == function.Parameters.Count
            && call.Arguments.Select(other => other.Type).Order().SequenceEqual(function.Parameters.Select(other => other.Type).Order()))
        {
            return $"The arguments stand in another order: {function.Signature}.";
        }

        if (parameter.Type == ExpressionType.RangeVector && argument.Type == ExpressionType.InstantVector)
        {
            return NoRange(call, argument);
        }

        if (parameter.Type == ExpressionType.InstantVector && argument.Type != ExpressionType.String)
        {
            return NoInstantVector(function.Name, argument);
        }

        string place = function.Parameters.Count == 1 ? "" : $" as {parameter.Name} in {function.Signature}";
        string hint = parameter.Type == ExpressionType.Scalar && argument.Type == ExpressionType.InstantVector ? "; scalar(…) makes a number of a vector with one series" : "";
        return $"{function.Name} takes {parameter.Type.Phrase()}{place}; this is {argument.Type.Phrase()}{hint}.";
    }

    /// <summary>What is wrong with something that is aggregated or computed with and is no instant vector.</summary>
    public static string NoInstantVector(string name, Expression argument) => argument.Type switch
    {
        ExpressionType.RangeVector =>
            $"{name} takes an instant vector; this is a range vector: take a function of it first, such as {name}(rate({SyntaxMistakes.Example(argument)})), or leave the range out.",
        ExpressionType.Scalar => $"{name} takes an instant vector; this is a number: vector({SyntaxMistakes.Example(argument)}) makes one of it.",
        _ => $"{name} takes an instant vector; this is {argument.Type.Phrase()}.",
    };

    /// <summary>What stands where a comma or the end of the arguments is expected.</summary>
    public static string AfterArgument(string function, Expression argument, Token next, TokenReader tokens)
    {
        if (next.Kind == TokenKind.End)
        {
            return "This ( is not closed: a ) is missing.";
        }

        if (next.Kind is TokenKind.RightBrace or TokenKind.RightBracket)
        {
            return $"A ) is expected here, not {next.Text}.";
        }

        if (next.IsWord("by") || next.IsWord("without"))
        {
            return $"{next.Text} stands before or after the parentheses, not in them: {function} {next.Text} (…) (…).";
        }

        return SyntaxMistakes.Trailing(tokens, argument, next)
            ?? (next.Kind is TokenKind.Word or TokenKind.Number or TokenKind.Duration or TokenKind.String
                ? $"An operator, a comma or a ) is expected before {Excerpt.Of(tokens.Source(next.Span))}."
                : $"A comma or a ) is expected here, not {Excerpt.Of(tokens.Source(next.Span))}.");
    }

    /// <summary>What stands where the parentheses of an aggregation are expected.</summary>
    public static string NoParenthesis(AggregationOperator aggregation, Token next, TokenReader tokens) =>
        next.IsWord("by") || next.IsWord("without") ? $"The labels of {aggregation.Name()} are given twice: list all of them once."
        : next.Kind is TokenKind.Word or TokenKind.LeftBrace
            ? $"What {aggregation.Name()} is taken of stands in parentheses: {aggregation.Name()} by (…) ({(next.Kind == TokenKind.Word ? Excerpt.Of(tokens.Source(next.Span)) : "{…}")})."
            : $"What {aggregation.Name()} is taken of is expected here, in parentheses.";

    private static string NoRange(CallExpression call, Expression argument)
    {
        string name = call.Function.Name;
        return argument switch
        {
            VectorSelector { Offset: null, At: null } =>
                $"{name} needs to know how far back to look: write a range such as [5m] after the selector, {SyntaxMistakes.Example(argument)}[5m].",
            VectorSelector selector =>
                $"{name} needs to know how far back to look: write a range such as [5m] directly after the selector, "
                + $"{SyntaxMistakes.Example(selector with { Offset = null, At = null })}[5m].",
            AggregateExpression { Operator: AggregationOperator.Sum, Operand: VectorSelector { Offset: null, At: null } selector } when name is "rate" or "irate" or "increase" =>
                $"{name} is taken of counters before they are added up: sum({name}({SyntaxMistakes.Example(selector)}[5m])).",
            _ => $"{name} needs a range vector: a selector with a range such as x[5m], or a subquery of this, with how far back and a colon after it, [5m:].",
        };
    }
}
