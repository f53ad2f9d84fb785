using System.Buffers;
using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Cuts a query's text into tokens, one at a time, from any position and in the mode that the parser asks for.</summary>
internal sealed class Lexer(string text)
{
    /// <summary>Longest first, for the first that fits is taken.</summary>
    private static readonly string[] Operators = ["==", "=~", "!=", "!~", "<=", "</", ">=", ">/", "=", "<", ">", "+", "-", "*", "/", "%", "^"];

    private static readonly SearchValues<char> DecimalParts = SearchValues.Create("0123456789._");

    /// <exception cref="PromQLException">What stands there is no token.</exception>
    public Token Read(int position, LexerMode mode)
    {
        position = SkipSpaceAndComments(position);
        if (position == text.Length)
        {
            return new Token(TokenKind.End, "", new TextSpan(position, 0));
        }

        char c = text[position];
        switch (c)
        {
            case '(': return Piece(TokenKind.LeftParen, position, 1);
            case ')': return Piece(TokenKind.RightParen, position, 1);
            case '{': return Piece(TokenKind.LeftBrace, position, 1);
            case '}': return Piece(TokenKind.RightBrace, position, 1);
            case '[': return Piece(TokenKind.LeftBracket, position, 1);
            case ']': return Piece(TokenKind.RightBracket, position, 1);
            case ',': return Piece(TokenKind.Comma, position, 1);
            case '@': return Piece(TokenKind.At, position, 1);
            case '"' or '\'' or '`': return StringLexer.Read(text, position);
            case ':' when mode != LexerMode.Expression: return Piece(TokenKind.Colon, position, 1);
        }

        if (IsNameStart(c) || c == ':')
        {
            return Word(position, mode);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(position + 1))))
        {
            return NumberOrDuration(position, mode);
        }

        if (LexerMistakes.Describe(text, position, mode) is { } mistake)
        {
            throw new PromQLException(mistake.Message, text, mistake.Span);
        }

        string symbol = Operators.First(symbol => text.AsSpan(position).StartsWith(symbol, StringComparison.Ordinal));
        return Piece(TokenKind.Operator, position, symbol.Length);
    }

    internal static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    internal static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Whether something starts with one of the operators.</summary>
    internal static bool IsOperator(ReadOnlySpan<char> rest)
    {
        foreach (string symbol in Operators)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private int SkipSpaceAndComments(int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n' or '#')
        {
            if (text[position] == '#')
            {
                int end = text.AsSpan(position).IndexOfAny('\r', '\n');
                position = end < 0 ? text.Length : position + end;
            }
            else
            {
                position++;
            }
        }

        return position;
    }

    private Token Word(int start, LexerMode mode)
    {
        int end = start + 1;
        while (IsNamePart(At(end)) || (mode == LexerMode.Expression && At(end) == ':'))
        {
            end++;
        }

        string word = text[start..end];
        bool isNumber = mode != LexerMode.Braces && NumberText.TryParse(word, out _);
        return new Token(isNumber ? TokenKind.Number : TokenKind.Word, word, TextSpan.FromBounds(start, end));
    }

    private Token NumberOrDuration(int start, LexerMode mode)
    {
        int end = start + 1;
        while (char.IsLetterOrDigit(At(end)) || At(end) is '_' or '.' || IsExponentSign(start, end))
        {
            end++;
        }

        string word = text[start..end];
        var span = TextSpan.FromBounds(start, end);
        TokenKind? kind = NumberText.TryParse(word, out double value) ? TokenKind.Number
            : DurationText.TryParse(word, out value) ? TokenKind.Duration
            : null;
        if (kind is not null && double.IsFinite(value))
        {
            return new Token(kind.Value, word, span);
        }

        // No number stands in braces: what is wrong there is not how it is written.
        if (mode == LexerMode.Braces)
        {
            return new Token(TokenKind.Number, word, span);
        }

        throw new PromQLException(NumberMistakes.Describe(word), text, span);
    }

    /// <summary>The sign in 1e-5.</summary>
    private bool IsExponentSign(int start, int position) =>
        At(position) is '+' or '-' && text[position - 1] is 'e' or 'E' && char.IsAsciiDigit(At(position + 1))
        && !text.AsSpan(start, position - 1 - start).ContainsAnyExcept(DecimalParts);

    private char At(int position) => position < text.Length ? text[position] : '\0';

    private Token Piece(TokenKind kind, int start, int length) => new(kind, text.Substring(start, length), new TextSpan(start, length));
}
