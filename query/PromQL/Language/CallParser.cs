using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads calls of functions and aggregations.</summary>
/// <remarks>
/// <code>
/// call        = function "(" [ expression { "," expression } ] ")"
/// aggregation = operator [ grouping ] "(" [ parameter "," ] expression ")" | operator "(" … ")" [ grouping ]
/// grouping    = ( "by" | "without" ) "(" [ label { "," label } [ "," ] ] ")"
/// </code>
/// </remarks>
internal sealed class CallParser(TokenReader tokens, LabelListParser labels, Func<Expression> parseExpression)
{
    private readonly CallRules _rules = new(tokens);

    /// <summary>The call that begins with a name; null if it is no call but a metric's name.</summary>
    public Expression? TryParse(Token name)
    {
        Token next = tokens.After(name);
        bool isAggregation = next.Kind == TokenKind.LeftParen || IsGrouping(next);
        if (isAggregation && Aggregations.TryParse(name.Text) is { } aggregation)
        {
            return Aggregation(aggregation);
        }

        if (isAggregation && Aggregations.IsExperimental(name.Text))
        {
            throw tokens.Error(name.Span, $"{name.Text} is experimental in Prometheus and not supported.");
        }

        if (next.Kind != TokenKind.LeftParen || Keywords.IsReserved(name.Text))
        {
            return null;
        }

        return PromQLFunctions.Find(name.Text) is { } function ? Call(function) : throw tokens.Error(name.Span, CallMistakes.UnknownFunction(name.Text));
    }

    private CallExpression Call(PromQLFunction function)
    {
        Token name = tokens.Take();
        List<Expression> arguments = Arguments(function.Name);
        var call = new CallExpression(function, arguments, tokens.SpanFrom(name.Span.Start));
        _rules.Check(call);
        return call;
    }

    private AggregateExpression Aggregation(AggregationOperator aggregation)
    {
        Token name = tokens.Take();
        Grouping? grouping = IsGrouping(tokens.Peek()) ? ParseGrouping() : null;
        Token open = tokens.Peek();
        if (open.Kind != TokenKind.LeftParen)
        {
            throw tokens.Error(open.Span, CallMistakes.NoParenthesis(aggregation, open, tokens));
        }

        List<Expression> arguments = Arguments(aggregation.Name());
        Token next = tokens.Peek();
        if (IsGrouping(next))
        {
            if (grouping is not null)
            {
                throw tokens.Error(next.Span, $"The labels of {aggregation.Name()} are given twice: before its parentheses and after.");
            }

            grouping = ParseGrouping();
        }

        TextSpan span = tokens.SpanFrom(name.Span.Start);
        _rules.Check(aggregation, arguments, span);
        return new AggregateExpression(aggregation, grouping ?? Grouping.All, arguments.Count > 1 ? arguments[0] : null, arguments[^1], span);
    }

    private static bool IsGrouping(Token token) => token.IsWord("by") || token.IsWord("without");

    private Grouping ParseGrouping()
    {
        Token keyword = tokens.Take();
        return new Grouping(keyword.IsWord("without"), labels.Parse(keyword));
    }

    private List<Expression> Arguments(string function)
    {
        Token open = tokens.Take();
        tokens.Enter(open);
        var arguments = new List<Expression>();
        while (tokens.Peek().Kind != TokenKind.RightParen || arguments.Count > 0)
        {
            if (tokens.Peek().Kind == TokenKind.End)
            {
                throw tokens.Error(open.Span, "This ( is not closed: a ) is missing.");
            }

            if (tokens.Peek().IsOperator("*") && tokens.After(tokens.Peek()).Kind == TokenKind.RightParen)
            {
                throw tokens.Error(tokens.Peek().Span, $"There is no *: name a metric, {function}(up).");
            }

            arguments.Add(parseExpression());
            Token next = tokens.Peek();
            if (next.Kind == TokenKind.RightParen)
            {
                break;
            }

            if (next.Kind != TokenKind.Comma)
            {
                throw tokens.Error(next.Kind == TokenKind.End ? open.Span : next.Span, CallMistakes.AfterArgument(function, arguments[^1], next, tokens));
            }

            tokens.Take();
            if (tokens.Peek().Kind == TokenKind.RightParen)
            {
                throw tokens.Error(next.Span, "A comma stands between two arguments: remove this one.");
            }
        }

        tokens.Take();
        tokens.Leave();
        return arguments;
    }
}
