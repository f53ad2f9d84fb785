using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads what stands after a selector or, for a subquery, after any expression.</summary>
/// <remarks>
/// <code>
/// range    = "[" duration "]"                        subquery = "[" duration ":" [ duration ] "]"
/// offset   = "offset" duration                       at       = "@" ( [ sign ] number | "start" "(" ")" | "end" "(" ")" )
/// </code>
/// offset and <c>@</c> stand in any order, once each, after the brackets.
/// </remarks>
internal sealed class ModifierParser(TokenReader tokens)
{
    private readonly DurationParser _durations = new(tokens);

    public Expression Parse(Expression expression)
    {
        while (true)
        {
            Token next = tokens.Peek();
            if (next.Kind == TokenKind.LeftBracket)
            {
                expression = Brackets(expression);
            }
            else if (next.IsWord("offset"))
            {
                expression = Offset(expression);
            }
            else if (next.Kind == TokenKind.At)
            {
                expression = At(expression);
            }
            else if (next.IsWord("anchored") || next.IsWord("smoothed"))
            {
                throw tokens.Error(next.Span, $"{next.Text} is experimental in Prometheus and not supported.");
            }
            else
            {
                return expression;
            }
        }
    }

    private Expression Brackets(Expression operand)
    {
        Token open = tokens.Take();
        DurationNode range = _durations.Length(open, "range");
        Token next = tokens.Peek(LexerMode.Brackets);
        if (next.Kind == TokenKind.RightBracket)
        {
            tokens.Take(LexerMode.Brackets);
            return Range(operand, range, open);
        }

        if (next.Kind != TokenKind.Colon)
        {
            throw DurationMistakes.NotClosed(tokens, open, next, "A ] is expected after the range, or a : and the step of a subquery");
        }

        tokens.Take(LexerMode.Brackets);
        DurationNode? step = tokens.Peek(LexerMode.Brackets).Kind is TokenKind.RightBracket or TokenKind.End ? null : _durations.Length(open, "step");
        Token close = tokens.Peek(LexerMode.Brackets);
        if (close.Kind != TokenKind.RightBracket)
        {
            throw DurationMistakes.NotClosed(tokens, open, close, "A ] is expected after the step");
        }

        tokens.Take(LexerMode.Brackets);
        return operand.Type == ExpressionType.InstantVector
            ? new Subquery(operand, range, step, null, null, tokens.SpanFrom(operand.Span.Start))
            : throw tokens.Error(operand.Span, $"A subquery evaluates an instant vector again and again; this is {operand.Type.Phrase()}.");
    }

    private RangeSelector Range(Expression operand, DurationNode range, Token open)
    {
        TextSpan brackets = tokens.SpanFrom(open.Span.Start);
        if (operand is not VectorSelector selector)
        {
            string written = tokens.Source(brackets);
            throw tokens.Error(brackets, operand.Type == ExpressionType.InstantVector
                ? $"A range stands directly after a selector; of what is computed, it is a subquery, with a colon: {Excerpt.Of(written[..^1])}:]."
                : $"A range stands directly after a selector, such as up[5m]; this is {operand.Type.Phrase()}.");
        }

        if (selector.Offset is not null || selector.At is not null)
        {
            string meant = SyntaxMistakes.Example(new RangeSelector(selector, range, default));
            throw tokens.Error(brackets, $"The range stands before {(selector.At is null ? "offset" : "@")}: {meant}.");
        }

        return new RangeSelector(selector, range, tokens.SpanFrom(operand.Span.Start));
    }

    private Expression Offset(Expression operand)
    {
        Token keyword = tokens.Take();
        if (IsCarrier(operand) && OffsetOf(operand) is not null)
        {
            throw tokens.Error(keyword.Span, "offset is given twice: add the two up.");
        }

        DurationNode offset = _durations.Offset(keyword);
        if (!IsCarrier(operand))
        {
            throw tokens.Error(keyword.Span, ModifierMistakes.Misplaced("offset", operand, selector => selector with { Offset = offset }));
        }

        TextSpan span = tokens.SpanFrom(operand.Span.Start);
        return operand switch
        {
            RangeSelector range => range with { Selector = range.Selector with { Offset = offset }, Span = span },
            Subquery subquery => subquery with { Offset = offset, Span = span },
            _ => (VectorSelector)operand with { Offset = offset, Span = span },
        };
    }

    private Expression At(Expression operand)
    {
        Token symbol = tokens.Take();
        if (IsCarrier(operand) && AtOf(operand) is not null)
        {
            throw tokens.Error(symbol.Span, "@ is given twice: a selector looks at one time.");
        }

        AtModifier at = AtTime(symbol);
        if (!IsCarrier(operand))
        {
            throw tokens.Error(symbol.Span, ModifierMistakes.Misplaced("@", operand, selector => selector with { At = at }));
        }

        TextSpan span = tokens.SpanFrom(operand.Span.Start);
        return operand switch
        {
            RangeSelector range => range with { Selector = range.Selector with { At = at }, Span = span },
            Subquery subquery => subquery with { At = at, Span = span },
            _ => (VectorSelector)operand with { At = at, Span = span },
        };
    }

    private static bool IsCarrier(Expression operand) => operand is VectorSelector or RangeSelector or Subquery;

    private static DurationNode? OffsetOf(Expression operand) => operand switch
    {
        VectorSelector selector => selector.Offset,
        RangeSelector range => range.Selector.Offset,
        _ => ((Subquery)operand).Offset,
    };

    private static AtModifier? AtOf(Expression operand) => operand switch
    {
        VectorSelector selector => selector.At,
        RangeSelector range => range.Selector.At,
        _ => ((Subquery)operand).At,
    };

    private AtModifier AtTime(Token symbol)
    {
        Token first = tokens.Peek();
        if (first.IsWord("start") || first.IsWord("end"))
        {
            tokens.Take();
            if (tokens.Peek().Kind != TokenKind.LeftParen || tokens.After(tokens.Peek()).Kind != TokenKind.RightParen)
            {
                throw tokens.Error(first.Span, $"Parentheses are expected after {first.Text}: @ {first.Text}().");
            }

            tokens.Take();
            tokens.Take();
            return new AtModifier(first.IsWord("start") ? AtAnchor.Start : AtAnchor.End, 0);
        }

        bool isNegative = first.IsOperator("-");
        if (isNegative || first.IsOperator("+"))
        {
            tokens.Take();
        }

        Token number = tokens.Peek();
        double seconds = 0;
        bool isNumber = number.Kind switch
        {
            TokenKind.Number => NumberText.TryParse(number.Text, out seconds),
            TokenKind.Duration => DurationText.TryParse(number.Text, out seconds),
            _ => false,
        };
        if (!isNumber)
        {
            throw tokens.Error(
                number.Kind == TokenKind.End ? symbol.Span : number.Span, "A time is expected after @: seconds since 1970, such as 1609746000, or start() or end().");
        }

        tokens.Take();
        double milliseconds = Math.Round((isNegative ? -seconds : seconds) * 1000, MidpointRounding.AwayFromZero);
        return Math.Abs(milliseconds) < long.MaxValue
            ? new AtModifier(AtAnchor.Time, (long)milliseconds)
            : throw tokens.Error(number.Span, "This is no time: seconds since 1970 are expected after @.");
    }
}
