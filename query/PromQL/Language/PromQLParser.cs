using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads a PromQL query's text into a tree whose types are checked.</summary>
/// <remarks>
/// The language of Prometheus 3, all of it that is not behind a feature flag:
/// <code>
/// binary  = unary { operator modifiers binary }                     the tighter operators first; modifiers: see MatchingParser
/// unary   = ( "+" | "-" ) binary of ^ | postfix
/// postfix = primary { "[…]" | "offset" … | "@" … }                  see ModifierParser
/// primary = number | duration | string | "(" binary ")" | selector  see SelectorParser
///         | function "(" … ")" | aggregation …                      see CallParser
/// </code>
/// https://prometheus.io/docs/prometheus/latest/querying/basics/
/// </remarks>
public sealed class PromQLParser
{
    private readonly TokenReader _tokens;
    private readonly SelectorParser _selectors;
    private readonly ModifierParser _modifiers;
    private readonly MatchingParser _matching;
    private readonly CallParser _calls;
    private readonly BinaryRules _rules;

    private PromQLParser(string text)
    {
        if (text.Length > PromQLLimits.MaxLength)
        {
            throw new PromQLException(
                $"The query has {text.Length} characters; {PromQLLimits.MaxLength} are allowed.", text, TextSpan.FromBounds(PromQLLimits.MaxLength, text.Length));
        }

        _tokens = new TokenReader(text);
        _selectors = new SelectorParser(_tokens);
        _modifiers = new ModifierParser(_tokens);
        var labels = new LabelListParser(_tokens);
        _matching = new MatchingParser(_tokens, labels);
        _calls = new CallParser(_tokens, labels, () => Binary(1));
        _rules = new BinaryRules(_tokens);
    }

    /// <exception cref="PromQLException">The text is no query; the message says what was expected and what to write instead.</exception>
    public static Expression Parse(string text)
    {
        var parser = new PromQLParser(text);
        Expression query = parser.Binary(1);
        parser.ExpectEnd(query);
        return query;
    }

    /// <summary>Reads a selector alone, without offset and <c>@</c>, as the routes for series and labels take it.</summary>
    /// <exception cref="PromQLException">The text is no selector.</exception>
    public static VectorSelector ParseSelector(string text)
    {
        var parser = new PromQLParser(text);
        if (parser.Primary() is not VectorSelector selector)
        {
            throw new PromQLException("A selector is expected here, such as http_requests_total{code=\"500\"}.", text, new TextSpan(0, text.Length));
        }

        Token next = parser._tokens.Peek();
        return next.Kind == TokenKind.End ? selector
            : throw parser._tokens.Error(next.Span, "A selector alone is expected: a name, and matchers in braces.");
    }

    /// <summary>Operators that bind at least so tightly.</summary>
    private Expression Binary(int precedence)
    {
        Expression left = Unary();
        while (_tokens.Peek() is { Kind: TokenKind.Operator or TokenKind.Word } symbol
            && BinaryOperators.TryParse(symbol.Text) is { } binary && binary.Precedence() >= precedence)
        {
            _tokens.Take();
            _tokens.CountOperator(symbol);
            BinaryModifiers modifiers = _matching.Parse();
            _tokens.Enter(symbol);
            Expression right = Binary(binary.Precedence() == BinaryOperators.PowerPrecedence ? binary.Precedence() : binary.Precedence() + 1);
            _tokens.Leave();
            left = _rules.Combine(binary, symbol, modifiers, left, right);
        }

        return left;
    }

    private Expression Unary()
    {
        Token sign = _tokens.Peek();
        if (!sign.IsOperator("+") && !sign.IsOperator("-"))
        {
            return _modifiers.Parse(Primary());
        }

        _tokens.Take();
        _tokens.Enter(sign);
        Expression operand = Binary(BinaryOperators.PowerPrecedence);
        _tokens.Leave();
        TextSpan span = _tokens.SpanFrom(sign.Span.Start);
        bool isNegation = sign.Text == "-";
        return operand switch
        {
            NumberLiteral number => number with { Value = isNegation ? -number.Value : number.Value, Span = span },
            { Type: ExpressionType.Scalar or ExpressionType.InstantVector } => new UnaryExpression(isNegation, operand, span),
            _ => throw _tokens.Error(operand.Span, $"A {sign.Text} stands before a number or an instant vector; this is {operand.Type.Phrase()}."),
        };
    }

    private Expression Primary()
    {
        Token first = _tokens.Peek();
        switch (first.Kind)
        {
            case TokenKind.Number:
                _tokens.Take();
                _ = NumberText.TryParse(first.Text, out double number);
                return new NumberLiteral(number, IsDuration: false, first.Span);
            case TokenKind.Duration:
                _tokens.Take();
                _ = DurationText.TryParse(first.Text, out double seconds);
                return new NumberLiteral(seconds, IsDuration: true, first.Span);
            case TokenKind.String:
                _tokens.Take();
                return new StringLiteral(first.Text, first.Span);
            case TokenKind.LeftParen:
                return Parenthesized();
            case TokenKind.LeftBrace:
                return _selectors.Parse();
            case TokenKind.Word:
                return _calls.TryParse(first) ?? _selectors.Parse();
            default:
                throw _tokens.Error(first.Span, SyntaxMistakes.NoExpression(first, isEmpty: _tokens.LastEnd == 0));
        }
    }

    private ParenthesizedExpression Parenthesized()
    {
        Token open = _tokens.Take();
        _tokens.Enter(open);
        Expression inner = Binary(1);
        _tokens.Leave();
        Token close = _tokens.Peek();
        if (close.Kind != TokenKind.RightParen)
        {
            string? mistake = close.Kind is TokenKind.RightBrace or TokenKind.RightBracket
                ? $"A ) is expected here, not {close.Text}."
                : SyntaxMistakes.Trailing(_tokens, inner, close);
            throw close.Kind == TokenKind.End
                ? _tokens.Error(open.Span, "This ( is not closed: a ) is missing.")
                : _tokens.Error(close.Span, mistake ?? $"A ) is expected here, or an operator, not {Excerpt.Of(_tokens.Source(close.Span))}.");
        }

        _tokens.Take();
        return new ParenthesizedExpression(inner, _tokens.SpanFrom(open.Span.Start));
    }

    private void ExpectEnd(Expression query)
    {
        Token next = _tokens.Peek();
        if (next.Kind != TokenKind.End)
        {
            throw _tokens.Error(
                next.Span, SyntaxMistakes.Trailing(_tokens, query, next) ?? $"An operator or the end of the query is expected here, not {Excerpt.Of(_tokens.Source(next.Span))}.");
        }
    }
}
