using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said about brackets that hold something else than durations.</summary>
internal static class DurationMistakes
{
    /// <param name="tokens">Before what stands where a duration is expected.</param>
    /// <param name="open">The bracket.</param>
    /// <param name="what">The range or the step.</param>
    public static PromQLException Missing(TokenReader tokens, Token open, string what)
    {
        Token next = tokens.Peek(LexerMode.Brackets);
        switch (next.Kind)
        {
            case TokenKind.End:
                return tokens.Error(open.Span, "This [ is not closed: a range such as 5m and a ] are missing.");
            case TokenKind.RightBracket:
                return tokens.Error(TextSpan.FromBounds(open.Span.Start, next.Span.End), $"A {what} is expected in the brackets, such as [5m].");
            case TokenKind.Colon:
                return tokens.Error(next.Span, "The range of a subquery is expected before its colon, such as [1h:5m].");
            case TokenKind.String:
                return tokens.Error(next.Span, $"A {what} has no quotes: [5m].");
            case TokenKind.Word:
                string word = Excerpt.Of(next.Text);
                return tokens.Error(next.Span, DurationText.TryParse("1" + next.Text, out _)
                    ? $"A number is expected before {word}, as in [5{word}]."
                    : $"A {what} is a duration such as 5m, not {word}.");
            default:
                return tokens.Error(next.Span, $"A {what} is expected here, such as 5m, not {Excerpt.Of(tokens.Source(next.Span))}.");
        }
    }

    /// <param name="tokens">Where the text is.</param>
    /// <param name="open">The bracket.</param>
    /// <param name="next">What stands where the bracket might have been closed.</param>
    /// <param name="expected">What is expected there.</param>
    public static PromQLException NotClosed(TokenReader tokens, Token open, Token next, string expected) => next.Kind switch
    {
        TokenKind.End => tokens.Error(open.Span, "This [ is not closed: a ] is missing."),
        TokenKind.Word or TokenKind.Number or TokenKind.Duration =>
            tokens.Error(next.Span, $"{expected}. A duration is written without spaces, as in 1h30m, and its units are {DurationText.UnitNames}."),
        _ => tokens.Error(next.Span, $"{expected}, not {Excerpt.Of(tokens.Source(next.Span))}."),
    };
}
