using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads durations and what is computed of them.</summary>
/// <remarks>
/// <code>
/// duration = unary { ( "^" | "*" | "/" | "%" | "+" | "-" ) unary }      the tighter operators first; ^ is read from the right
/// unary    = ( "+" | "-" ) duration of ^ | primary
/// primary  = number | 1h30m | "(" duration ")" | "step" "(" ")" | "range" "(" ")" | ( "min_of" | "max_of" ) "(" duration "," duration ")"
/// </code>
/// After offset only a primary with its sign is read, so <c>x offset 5m + 1</c> adds 1 to x; but after parentheses the duration goes on, as in Prometheus.
/// </remarks>
internal sealed class DurationParser(TokenReader tokens)
{
    private const int Power = 3;

    /// <summary>The range or the step within brackets.</summary>
    public DurationNode Length(Token open, string what)
    {
        Token first = tokens.Peek(LexerMode.Brackets);
        DurationNode node = Canonical(Binary(1, LexerMode.Brackets, () => DurationMistakes.Missing(tokens, open, what)));
        if (DurationEvaluator.IsConstant(node))
        {
            _ = Constants().Length(node);
        }

        return node;
    }

    /// <summary>What stands after offset.</summary>
    public DurationNode Offset(Token keyword)
    {
        Token sign = tokens.Peek();
        PromQLException Missing() => tokens.Error(
            tokens.Peek().Kind == TokenKind.End ? keyword.Span : tokens.Peek().Span, "A duration is expected after offset, such as offset 5m or offset -1h.");
        DurationNode node;
        if (IsSign(sign) && !IsSign(tokens.After(sign)))
        {
            tokens.Take();
            node = Signed(sign, Primary(LexerMode.Expression, Missing));
        }
        else if (sign.Kind == TokenKind.LeftParen || IsSign(sign))
        {
            node = Binary(1, LexerMode.Expression, Missing);
        }
        else
        {
            node = Primary(LexerMode.Expression, Missing);
        }

        node = Canonical(node);
        if (DurationEvaluator.IsConstant(node))
        {
            _ = Constants().Offset(node);
        }

        return node;
    }

    private DurationEvaluator Constants() => new(TimeSpan.Zero, TimeSpan.Zero, tokens.Text);

    /// <summary>A plain number of seconds that is the whole duration is one like any other.</summary>
    private static DurationNode Canonical(DurationNode node) => node is DurationLiteral literal ? literal with { HasUnit = true } : node;

    private DurationNode Binary(int precedence, LexerMode mode, Func<PromQLException> missing)
    {
        DurationNode left = Unary(mode, missing);
        while (tokens.Peek(mode) is { Kind: TokenKind.Operator } symbol && Operator(symbol.Text) is { } found && found.Precedence >= precedence)
        {
            tokens.Take(mode);
            tokens.CountOperator(symbol);
            tokens.Enter(symbol);
            DurationNode right = Binary(found.Precedence == Power ? Power : found.Precedence + 1, mode, () => AfterOperator(symbol, mode));
            tokens.Leave();
            if (found.Operator is DurationOperator.Divide or DurationOperator.Modulo && right is DurationLiteral { Seconds: 0 })
            {
                throw tokens.Error(right.Span, "This is 0, and nothing can be divided by it.");
            }

            left = new BinaryDuration(found.Operator, left, right, TextSpan.FromBounds(left.Span.Start, right.Span.End));
        }

        return left;
    }

    private PromQLException AfterOperator(Token symbol, LexerMode mode)
    {
        Token next = tokens.Peek(mode);
        string message = mode == LexerMode.Brackets ? $"A duration is expected after {symbol.Text}."
            : "After offset (…) what is computed belongs to the duration: put the selector and its offset in parentheses, (x offset (5m)) + y.";
        return tokens.Error(next.Kind == TokenKind.End ? symbol.Span : next.Span, message);
    }

    private DurationNode Unary(LexerMode mode, Func<PromQLException> missing)
    {
        Token sign = tokens.Peek(mode);
        if (!IsSign(sign))
        {
            return Primary(mode, missing);
        }

        tokens.Take(mode);
        tokens.Enter(sign);
        DurationNode operand = Binary(Power, mode, missing);
        tokens.Leave();
        return Signed(sign, operand);
    }

    private static DurationNode Signed(Token sign, DurationNode operand)
    {
        var span = TextSpan.FromBounds(sign.Span.Start, operand.Span.End);
        return operand switch
        {
            DurationLiteral literal => literal with { Seconds = sign.Text == "-" ? -literal.Seconds : literal.Seconds, Span = span },
            _ when sign.Text == "-" => new NegatedDuration(operand, span),
            _ => operand with { Span = span },
        };
    }

    private DurationNode Primary(LexerMode mode, Func<PromQLException> missing)
    {
        Token first = tokens.Peek(mode);
        double seconds;
        switch (first.Kind)
        {
            case TokenKind.Number when NumberText.TryParse(first.Text, out seconds):
                return Literal(first, seconds, hasUnit: false, mode);
            case TokenKind.Duration when DurationText.TryParse(first.Text, out seconds):
                return Literal(first, seconds, hasUnit: true, mode);
            case TokenKind.LeftParen:
                tokens.Take(mode);
                tokens.Enter(first);
                DurationNode inner = Binary(1, mode, missing);
                tokens.Leave();
                Close(first, mode);
                return new ParenthesizedDuration(inner, tokens.SpanFrom(first.Span.Start));
            case TokenKind.Word when tokens.After(first, mode).Kind == TokenKind.LeftParen:
                return Call(first, mode, missing);
            default:
                throw missing();
        }
    }

    private DurationLiteral Literal(Token token, double seconds, bool hasUnit, LexerMode mode)
    {
        tokens.Take(mode);
        return Math.Abs(seconds) <= DurationEvaluator.MaxSeconds
            ? new DurationLiteral(seconds, hasUnit, token.Span)
            : throw tokens.Error(token.Span, "This is longer than 292 years, the longest duration.");
    }

    private DurationNode Call(Token name, LexerMode mode, Func<PromQLException> missing)
    {
        DurationOperator? pair = name.IsWord("min_of") ? DurationOperator.MinOf : name.IsWord("max_of") ? DurationOperator.MaxOf : null;
        if (pair is null && !name.IsWord("step") && !name.IsWord("range"))
        {
            throw tokens.Error(name.Span, $"There is no function {Excerpt.Of(name.Text)} of durations. There are step(), range(), min_of(a, b) and max_of(a, b).");
        }

        tokens.Take(mode);
        Token open = tokens.Take(mode);
        if (pair is null)
        {
            Close(open, mode);
            TextSpan span = tokens.SpanFrom(name.Span.Start);
            return name.IsWord("step") ? new StepDuration(span) : new QueryRangeDuration(span);
        }

        tokens.Enter(open);
        DurationNode left = Binary(1, mode, missing);
        Token comma = tokens.Peek(mode);
        if (comma.Kind != TokenKind.Comma)
        {
            throw tokens.Error(comma.Span, $"A comma is expected here: {name.Text} takes two durations.");
        }

        tokens.Take(mode);
        DurationNode right = Binary(1, mode, missing);
        tokens.Leave();
        Close(open, mode);
        return new BinaryDuration(pair.Value, left, right, tokens.SpanFrom(name.Span.Start));
    }

    private void Close(Token open, LexerMode mode)
    {
        Token close = tokens.Peek(mode);
        if (close.Kind != TokenKind.RightParen)
        {
            throw close.Kind == TokenKind.End ? tokens.Error(open.Span, "This ( is not closed: a ) is missing.")
                : tokens.Error(close.Span, $"A ) is expected here, not {Excerpt.Of(tokens.Source(close.Span))}.");
        }

        tokens.Take(mode);
    }

    private static bool IsSign(Token token) => token.IsOperator("+") || token.IsOperator("-");

    private static (DurationOperator Operator, int Precedence)? Operator(string symbol) => symbol switch
    {
        "+" => (DurationOperator.Add, 1),
        "-" => (DurationOperator.Subtract, 1),
        "*" => (DurationOperator.Multiply, 2),
        "/" => (DurationOperator.Divide, 2),
        "%" => (DurationOperator.Modulo, 2),
        "^" => (DurationOperator.Power, Power),
        _ => null,
    };
}
