using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads a selector without its offset and <c>@</c>.</summary>
/// <remarks>
/// <code>
/// selector = name [ braces ] | braces
/// braces   = "{" [ matcher { "," matcher } [ "," ] ] "}"
/// matcher  = label ( "=" | "!=" | "=~" | "!~" ) string | metric     label, metric: a name, or any text in quotes
/// </code>
/// </remarks>
internal sealed class SelectorParser(TokenReader tokens)
{
    public VectorSelector Parse()
    {
        Token first = tokens.Peek();
        string? name = null;
        if (first.Kind == TokenKind.Word)
        {
            if (Keywords.IsReserved(first.Text))
            {
                throw tokens.Error(first.Span, SyntaxMistakes.Reserved(first));
            }

            name = tokens.Take().Text;
        }

        var matchers = new List<LabelMatcher>();
        if (tokens.Peek().Kind == TokenKind.LeftBrace)
        {
            string? quoted = Braces(matchers, name);
            name ??= quoted;
        }

        var selector = new VectorSelector(name, matchers, null, null, tokens.SpanFrom(first.Span.Start));
        return name is not null || !matchers.TrueForAll(matcher => matcher.MatchesEmpty) ? selector
            : throw tokens.Error(selector.Span, matchers.Count == 0
                ? "A selector names a metric, or at least one label, so that it does not take every series: http_requests_total, or {job=\"api\"}."
                : "All matchers of this selector also match series without the label, so it takes every series: add a name, or a matcher such as job=~\".+\".");
    }

    /// <returns>The metric's name, if it stands in the braces.</returns>
    private string? Braces(List<LabelMatcher> matchers, string? name)
    {
        Token open = tokens.Take();
        string? quoted = null;
        while (Peek().Kind != TokenKind.RightBrace)
        {
            Token first = Peek();
            bool isName = first.Kind == TokenKind.String && tokens.After(first, LexerMode.Braces).Kind is TokenKind.Comma or TokenKind.RightBrace;
            LabelMatcher matcher = isName ? Name() : Matcher(open);
            if (name is not null && matcher.Name == LabelMatcher.MetricName)
            {
                throw tokens.Error(matcher.Span, $"The metric's name is given twice: {Excerpt.Of(name)} stands before the braces.");
            }

            if (isName && quoted is null && matcher.Value.Length > 0)
            {
                quoted = matcher.Value;
            }
            else
            {
                matchers.Add(matcher);
            }

            Token next = Peek();
            if (next.Kind == TokenKind.RightBrace)
            {
                break;
            }

            if (next.Kind != TokenKind.Comma)
            {
                throw tokens.Error(next.Kind == TokenKind.End ? open.Span : next.Span, SelectorMistakes.AfterMatcher(next, tokens));
            }

            tokens.Take(LexerMode.Braces);
        }

        tokens.Take(LexerMode.Braces);
        return quoted;
    }

    /// <summary>A metric's name in quotes.</summary>
    private LabelMatcher Name()
    {
        Token name = tokens.Take(LexerMode.Braces);
        return new LabelMatcher(LabelMatcher.MetricName, MatchOperator.Equal, name.Text, name.Span);
    }

    private LabelMatcher Matcher(Token open)
    {
        Token label = tokens.Take(LexerMode.Braces);
        if (label.Kind is not (TokenKind.Word or TokenKind.String))
        {
            throw tokens.Error(label.Kind == TokenKind.End ? open.Span : label.Span, SelectorMistakes.NoLabel(label, tokens));
        }

        Token symbol = Peek();
        if (symbol.Kind != TokenKind.Operator || MatchOperators.TryParse(symbol.Text) is not { } match)
        {
            throw tokens.Error(symbol.Kind == TokenKind.End ? open.Span : symbol.Span, SelectorMistakes.NoOperator(label, symbol, tokens));
        }

        tokens.Take(LexerMode.Braces);
        Token value = Peek();
        if (value.Kind != TokenKind.String)
        {
            throw tokens.Error(value.Span, SelectorMistakes.NoValue(label, symbol, value, tokens));
        }

        tokens.Take(LexerMode.Braces);
        if (match.IsPattern() && LabelPattern.Mistake(value.Text) is { } mistake)
        {
            throw tokens.Error(value.Span, mistake);
        }

        return new LabelMatcher(label.Text, match, value.Text, tokens.SpanFrom(label.Span.Start));
    }

    private Token Peek() => tokens.Peek(LexerMode.Braces);
}
