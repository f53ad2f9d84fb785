namespace Observe.Query.Language;

/// <summary>A piece of a query's text.</summary>
/// <param name="Text">The characters as written; for quoted text and backticked names what they hold, escapes resolved.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span)
{
    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
