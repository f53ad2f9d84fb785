using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>The parser's place in the text, with one token of sight.</summary>
internal sealed class TokenReader(string text)
{
    private readonly Lexer _lexer = new(text);
    private (int Position, LexerMode Mode, Token Token)? _peeked;
    private int _position;
    private int _depth;
    private int _operators;

    /// <summary>The whole text.</summary>
    public string Text => text;

    /// <summary>Where the token that was taken last ends.</summary>
    public int LastEnd { get; private set; }

    public Token Peek(LexerMode mode = LexerMode.Expression)
    {
        if (_peeked is not { } peeked || peeked.Position != _position || peeked.Mode != mode)
        {
            _peeked = peeked = (_position, mode, _lexer.Read(_position, mode));
        }

        return peeked.Token;
    }

    /// <summary>The token after a token that was peeked at.</summary>
    public Token After(Token token, LexerMode mode = LexerMode.Expression) => _lexer.Read(token.Span.End, mode);

    public Token Take(LexerMode mode = LexerMode.Expression)
    {
        Token token = Peek(mode);
        _position = token.Span.End;
        LastEnd = _position;
        return token;
    }

    /// <summary>What is written there.</summary>
    public string Source(TextSpan span) => text.Substring(span.Start, span.Length);

    /// <summary>From the start of something to the end of what was taken last.</summary>
    public TextSpan SpanFrom(int start) => TextSpan.FromBounds(start, LastEnd);

    public PromQLException Error(TextSpan span, string message) => new(message, text, span);

    /// <summary>Notes that what follows is nested; <see cref="Leave"/> ends it.</summary>
    public void Enter(Token token)
    {
        if (++_depth > PromQLLimits.MaxDepth)
        {
            throw Error(token.Span, $"The query is nested deeper than {PromQLLimits.MaxDepth} levels.");
        }
    }

    public void Leave() => _depth--;

    public void CountOperator(Token token)
    {
        if (++_operators > PromQLLimits.MaxOperators)
        {
            throw Error(token.Span, $"A query has at most {PromQLLimits.MaxOperators} operators: a regular expression such as name=~\"a|b|c\" does the work of many.");
        }
    }
}
