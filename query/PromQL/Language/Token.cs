using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>A piece of a query's text.</summary>
/// <param name="Text">The characters as written; for a string what it holds, escapes resolved.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span)
{
    /// <summary>Whether it is this keyword; keywords are written in any case.</summary>
    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsOperator(string symbol) => Kind == TokenKind.Operator && Text == symbol;
}
