using System.Buffers;
using System.Text;

namespace Observe.Query.Language;

/// <summary>Cuts a query's text into tokens, one at a time, from any position and in the mode that the parser asks for.</summary>
/// <remarks>
/// Words are generous, because real values and field names hold dots, dashes, slashes, @ and colons. What ends a word:
/// <code>
/// Term   white space  ( ) , | " `  = &lt; > ~  != !~   and : after something that can be a field's name (not in http://)
/// Value  white space  ( ) , | " `  &lt; >
/// Expression   anything but letters, digits and _ . @ $ µ
/// </code>
/// </remarks>
internal sealed class Lexer(string text)
{
    private static readonly SearchValues<char> EndsAnyWord = SearchValues.Create("(),|\"`<>");

    private static readonly SearchValues<char> Decimal = SearchValues.Create("0123456789.");

    public Token Read(int position, LexerMode mode)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        if (position == text.Length)
        {
            return new Token(TokenKind.End, "", new TextSpan(position, 0));
        }

        switch (text[position])
        {
            case '(': return Symbol(TokenKind.LeftParen, position, 1);
            case ')': return Symbol(TokenKind.RightParen, position, 1);
            case ',': return Symbol(TokenKind.Comma, position, 1);
            case '|': return Symbol(TokenKind.Pipe, position, 1);
            case '"': return Enclosed(TokenKind.Quoted, position, '"');
            case '`': return Enclosed(TokenKind.Backticked, position, '`');
            case '\'':
                throw new QuerySyntaxException("Text is quoted with double quotes: write \"…\" in place of '…'.", new TextSpan(position, 1));
            case '=' or '~': return Symbol(TokenKind.Operator, position, 1);
            case '>' when mode == LexerMode.Term && At(position + 1) == '>': return Symbol(TokenKind.Descends, position, 2);
            case '<' or '>': return Symbol(TokenKind.Operator, position, At(position + 1) == '=' ? 2 : 1);
            case '+' or '-' or '*' or '/' or '%' when mode == LexerMode.Expression: return Symbol(TokenKind.Operator, position, 1);
            case '!' when At(position + 1) is '=' or '~': return Symbol(TokenKind.Operator, position, 2);
            case '!': return Symbol(TokenKind.Negation, position, 1);
            case '-' when mode == LexerMode.Term: return Symbol(TokenKind.Negation, position, 1);
            case ':': return Symbol(TokenKind.Colon, position, 1);
            default: return Word(position, mode);
        }
    }

    private Token Word(int start, LexerMode mode)
    {
        int end = start + 1;
        while (end < text.Length && !EndsWord(start, end, mode))
        {
            end++;
        }

        return Symbol(TokenKind.Word, start, end - start);
    }

    private bool EndsWord(int start, int position, LexerMode mode)
    {
        char c = text[position];
        if (char.IsWhiteSpace(c) || EndsAnyWord.Contains(c))
        {
            return true;
        }

        if (mode == LexerMode.Expression)
        {
            return !char.IsLetterOrDigit(c) && c is not ('_' or '.' or '@' or '$') && !IsExponentSign(start, position);
        }

        return mode == LexerMode.Term && c switch
        {
            '=' or '~' => true,
            '!' => At(position + 1) is '=' or '~',
            ':' => CanBeginField(text[start]) && !text.AsSpan(position + 1).StartsWith("//", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>The sign in 1e-5.</summary>
    private bool IsExponentSign(int start, int position) =>
        text[position] is '+' or '-' && char.IsAsciiDigit(text[start]) && text[position - 1] is 'e' or 'E' && char.IsAsciiDigit(At(position + 1))
        && !text.AsSpan(start, position - 1 - start).ContainsAnyExcept(Decimal);

    private static bool CanBeginField(char c) => char.IsLetter(c) || c is '_' or '@' or '$';

    /// <summary>
    /// Text between two marks. A backslash escapes the mark and itself, and makes \n, \r, \t; before anything else it stands for itself, so
    /// that a regular expression can be written as it is: "\d+".
    /// </summary>
    private Token Enclosed(TokenKind kind, int start, char mark)
    {
        var content = new StringBuilder();
        for (int i = start + 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == mark)
            {
                return new Token(kind, content.ToString(), new TextSpan(start, i + 1 - start));
            }

            char? escaped = c == '\\' ? Unescape(At(i + 1), mark) : null;
            if (escaped is not null)
            {
                i++;
            }

            content.Append(escaped ?? c);
        }

        throw new QuerySyntaxException(
            mark == '"' ? "This quote is not closed: a \" is missing." : "This name is not closed: a ` is missing.",
            new TextSpan(start, text.Length - start));
    }

    private static char? Unescape(char c, char mark) => c switch
    {
        '\\' => '\\',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ when c == mark => mark,
        _ => null,
    };

    private char At(int position) => position < text.Length ? text[position] : '\0';

    private Token Symbol(TokenKind kind, int start, int length) => new(kind, text.Substring(start, length), new TextSpan(start, length));
}
