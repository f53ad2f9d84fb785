namespace Observe.Query.Language;

/// <summary>The parser's place in the text, with one token of sight.</summary>
internal sealed class TokenReader(string text)
{
    private readonly Lexer _lexer = new(text);

    /// <summary>Where the next token is looked for; may be set back.</summary>
    public int Position { get; set; }

    /// <summary>Where the token that was taken last ends.</summary>
    public int LastEnd { get; private set; }

    /// <summary>Whether something other than white space stands directly at the position.</summary>
    public bool NextIsAdjacent => Position < text.Length && !char.IsWhiteSpace(text[Position]);

    /// <summary>What is written there.</summary>
    public string Source(int start, int end) => text[start..end];

    public Token Peek(LexerMode mode = LexerMode.Term) => _lexer.Read(Position, mode);

    public Token Take(LexerMode mode = LexerMode.Term)
    {
        Token token = Peek(mode);
        Position = token.Span.End;
        LastEnd = Position;
        return token;
    }
}
