namespace Observe.Query.Language;

/// <summary>Reads an expression.</summary>
/// <remarks>
/// <code>
/// or = and { "or" and }                    and = not { "and" not }                  not = "not" not | comparison
/// comparison = sum [ ( = | != | &lt; | &lt;= | > | >= ) sum ]
/// sum = product { ( + | - ) product }      product = unary { ( * | / | % ) unary }  unary = "-" unary | primary
/// primary = "(" or ")" | function "(" [ or { "," or } ] ")" | quoted | number | duration | size | "true" | "false" | field
/// </code>
/// A field's name ends at an operator; one that holds a dash or a slash stands in backticks.
/// </remarks>
internal sealed class ExpressionParser(TokenReader tokens, FilterParser fields)
{
    private int _depth;
    private int _operators;

    public ExpressionNode Parse()
    {
        _operators = 0;
        return Binary(1);
    }

    /// <summary>Operators that bind at least so tightly.</summary>
    private ExpressionNode Binary(int precedence)
    {
        ExpressionNode left = Operand(precedence);
        while (tokens.Peek(LexerMode.Expression) is { Kind: TokenKind.Operator or TokenKind.Word } symbol
            && ExpressionOperators.TryParse(symbol.Text) is { } binary && binary.Precedence() >= precedence)
        {
            tokens.Take(LexerMode.Expression);
            if (++_operators > LanguageLimits.MaxOperators)
            {
                throw new QuerySyntaxException($"An expression has at most {LanguageLimits.MaxOperators} operators: compute a part of it with a let of its own.", symbol.Span);
            }

            if (tokens.NextIsAdjacent && tokens.Peek(LexerMode.Expression) is { Kind: TokenKind.Operator } second
                && FilterMistakes.Operator(symbol.Text + second.Text) is { } meant && ExpressionOperators.TryParse(meant) is not null)
            {
                throw new QuerySyntaxException(
                    $"There is no operator {symbol.Text}{second.Text}: write {meant}.", TextSpan.FromBounds(symbol.Span.Start, second.Span.End));
            }

            Enter(symbol);
            ExpressionNode right = Binary(binary.Precedence() + 1);
            _depth--;
            left = new BinaryExpression(binary, left, right, TextSpan.FromBounds(left.Span.Start, right.Span.End));
            if (binary.Precedence() == ExpressionOperators.ComparisonPrecedence
                && tokens.Peek(LexerMode.Expression) is { Kind: TokenKind.Operator } next
                && ExpressionOperators.TryParse(next.Text) is { } another && another.Precedence() == ExpressionOperators.ComparisonPrecedence)
            {
                throw new QuerySyntaxException("Comparisons are not chained: write a < b and b < c.", next.Span);
            }
        }

        return left;
    }

    private ExpressionNode Operand(int precedence)
    {
        Token first = tokens.Peek(LexerMode.Expression);
        bool isNot = first.IsWord("not");
        if (!isNot && first is not { Kind: TokenKind.Operator, Text: "-" })
        {
            return Primary();
        }

        if (isNot && precedence > ExpressionOperators.NotPrecedence)
        {
            throw new QuerySyntaxException("not stands before a whole comparison: write it before, or put parentheses around it.", first.Span);
        }

        tokens.Take(LexerMode.Expression);
        Enter(first);
        ExpressionNode operand = Binary(isNot ? ExpressionOperators.NotPrecedence : ExpressionOperators.NegatePrecedence);
        _depth--;
        return new UnaryExpression(isNot ? UnaryOperator.Not : UnaryOperator.Negate, operand, TextSpan.FromBounds(first.Span.Start, operand.Span.End));
    }

    private ExpressionNode Primary()
    {
        int start = tokens.Position;
        Token first = tokens.Take(LexerMode.Expression);
        switch (first.Kind)
        {
            case TokenKind.LeftParen:
                Enter(first);
                ExpressionNode inner = Binary(1);
                _depth--;
                return inner with { Span = TextSpan.FromBounds(first.Span.Start, Close(first).Span.End) };
            case TokenKind.Quoted:
                return new LiteralExpression(new QueryValue(first.Text, IsQuoted: true, first.Span), first.Span);
            case TokenKind.Word when tokens.Peek(LexerMode.Expression).Kind == TokenKind.LeftParen:
                return Call(first);
            case TokenKind.Word when IsLiteral(first.Text):
                return new LiteralExpression(new QueryValue(first.Text, IsQuoted: false, first.Span), first.Span);
            case TokenKind.Word when ExpressionOperators.TryParse(first.Text) is not null:
                throw new QuerySyntaxException($"A value is expected here, not {first.Text}; a field of that name stands in backticks.", first.Span);
            case TokenKind.Word or TokenKind.Backticked:
                tokens.Position = start;
                FieldName field = fields.Name(LexerMode.Expression);
                return new FieldExpression(field, field.Span);
            case TokenKind.End or TokenKind.Pipe:
                throw new QuerySyntaxException("A value is expected here: a field, a number, a text in quotes.", first.Span);
            default:
                throw new QuerySyntaxException($"A value is expected here, not {first.Text}.", first.Span);
        }
    }

    private CallExpression Call(Token name)
    {
        Token open = tokens.Take(LexerMode.Expression);
        if (ExpressionFunctions.TryParse(name.Text) is not { } function)
        {
            tokens.Position = name.Span.End;
            fields.RejectAggregate(name, isName: true);
            IReadOnlyList<string> nearest = NearestName.Find(name.Text, ExpressionFunctions.Names, 1);
            throw new QuerySyntaxException(
                $"There is no function {name.Text}. "
                + (nearest.Count == 0 ? $"There are {string.Join(", ", ExpressionFunctions.Names)}." : $"The nearest is {nearest[0]}."),
                name.Span);
        }

        Enter(open);
        var arguments = new List<ExpressionNode>();
        while (tokens.Peek(LexerMode.Expression).Kind != TokenKind.RightParen || arguments.Count > 0)
        {
            arguments.Add(Binary(1));
            if (tokens.Peek(LexerMode.Expression).Kind != TokenKind.Comma)
            {
                break;
            }

            tokens.Take(LexerMode.Expression);
        }

        _depth--;
        var span = TextSpan.FromBounds(name.Span.Start, Close(open).Span.End);
        (int least, int most) = function.Arguments();
        if (arguments.Count < least || arguments.Count > most)
        {
            string wanted = least == most ? $"{least}" : $"{least} to {most}";
            throw new QuerySyntaxException($"{name.Text} takes {wanted} value{(most == 1 ? "" : "s")}, not {arguments.Count}.", span);
        }

        return new CallExpression(function, arguments, span);
    }

    private Token Close(Token open)
    {
        Token close = tokens.Take(LexerMode.Expression);
        return close.Kind == TokenKind.RightParen
            ? close
            : throw new QuerySyntaxException("This ( is not closed: a ) is missing.", open.Span);
    }

    /// <summary>Whether a word is a value and no field's name.</summary>
    internal static bool IsLiteral(string word) =>
        ValueText.TryBool(word, out _)
        || (char.IsAsciiDigit(word[0])
            && (ValueText.TryNumber(word, out _) || ValueText.TryDuration(word, out _) || ValueText.TrySize(word, out _)));

    private void Enter(Token token)
    {
        if (++_depth > LanguageLimits.MaxDepth)
        {
            throw new QuerySyntaxException($"The expression is nested deeper than {LanguageLimits.MaxDepth} levels.", token.Span);
        }
    }
}
