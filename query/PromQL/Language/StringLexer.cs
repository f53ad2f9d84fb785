using System.Buffers;
using System.Globalization;
using System.Text;
using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads a text in quotes or backticks, with the escapes of Go.</summary>
/// <remarks>
/// <c>\a \b \f \n \r \t \v \\</c>, the quote itself, <c>\101</c> and <c>\x41</c> for a byte of the text's UTF-8, <c>\u00e9</c> and
/// <c>\U0001f600</c> for a character. Between backticks a backslash stands for itself, and lines may end.
/// </remarks>
internal static class StringLexer
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="PromQLException">It is not closed, or an escape is none.</exception>
    public static Token Read(string text, int start)
    {
        char quote = text[start];
        int end = End(text, start, quote);
        var span = TextSpan.FromBounds(start, end + 1);
        ReadOnlySpan<char> inner = text.AsSpan(start + 1, end - start - 1);
        string content = quote == '`' || !inner.Contains('\\') ? inner.ToString() : Unescape(text, start, end);
        return IsWellFormed(content) ? new Token(TokenKind.String, content, span)
            : throw new PromQLException("This text holds half of a character, which is no valid Unicode.", text, span);
    }

    /// <summary>Where the closing quote stands.</summary>
    private static int End(string text, int start, char quote)
    {
        for (int i = start + 1; i < text.Length && (quote == '`' || text[i] != '\n'); i++)
        {
            if (text[i] == quote)
            {
                return i;
            }

            if (text[i] == '\\' && quote != '`')
            {
                i++;
            }
        }

        int lineEnd = quote == '`' ? -1 : text.IndexOf('\n', start);
        throw new PromQLException(
            lineEnd < 0 ? $"This {quote} is not closed: another {quote} is missing."
                : $"This {quote} is not closed on its line: another {quote} is missing, or write a text of several lines in backticks, or \\n for the end of a line.",
            text,
            TextSpan.FromBounds(start, lineEnd < 0 ? text.Length : lineEnd));
    }

    private static string Unescape(string text, int start, int end)
    {
        var bytes = new ArrayBufferWriter<byte>(end - start);
        int i = start + 1;
        while (i < end)
        {
            int length = 1;
            if (text[i] == '\\')
            {
                length = Escape(text, i, text[start], end, bytes);
            }
            else
            {
                // A run up to the next escape, so that no pair of surrogates is torn.
                int next = text.IndexOf('\\', i, end - i);
                length = (next < 0 ? end : next) - i;
                Encoding.UTF8.GetBytes(text.AsSpan(i, length), bytes);
            }

            i += length;
        }

        try
        {
            return Utf8.GetString(bytes.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            throw new PromQLException(
                "The bytes that are written here with \\x or octal digits are no valid UTF-8: write \\u and four hexadecimal digits for a character.",
                text,
                TextSpan.FromBounds(start, end + 1));
        }
    }

    /// <returns>How many characters the escape has.</returns>
    private static int Escape(string text, int position, char quote, int end, ArrayBufferWriter<byte> bytes)
    {
        char c = text[position + 1];
        int simple = c == quote ? c : "abfnrtv\\".IndexOf(c, StringComparison.Ordinal) is >= 0 and int index ? "\a\b\f\n\r\t\v\\"[index] : -1;
        if (simple >= 0)
        {
            bytes.Write([(byte)simple]);
            return 2;
        }

        (int digits, int radix, int first) = c switch
        {
            >= '0' and <= '7' => (3, 8, 1),
            'x' => (2, 16, 2),
            'u' => (4, 16, 2),
            'U' => (8, 16, 2),
            _ => throw new PromQLException(
                $"There is no escape \\{Character(text, position + 1)}: write \\\\ for a backslash, or put the text in backticks, where it stands for itself.",
                text,
                new TextSpan(position, 2)),
        };

        var span = TextSpan.FromBounds(position, Math.Min(position + first + digits, end));
        if (!TryNumber(text.AsSpan(position + first, span.Length - first), radix, out uint value) || span.Length < first + digits)
        {
            string prefix = radix == 8 ? "\\" : $"\\{c}";
            throw new PromQLException($"{digits} {(radix == 8 ? "octal" : "hexadecimal")} digits are expected after {prefix}.", text, span);
        }

        if (radix == 8 || c == 'x')
        {
            bytes.Write([value <= byte.MaxValue ? (byte)value : throw new PromQLException("The largest byte is \\377.", text, span)]);
        }
        else if (Rune.TryCreate(value, out Rune rune))
        {
            bytes.Write(Encoding.UTF8.GetBytes(rune.ToString()));
        }
        else
        {
            throw new PromQLException("There is no character of this number.", text, span);
        }

        return span.Length;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int radix, out uint value)
    {
        if (radix == 16)
        {
            return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        foreach (char c in digits)
        {
            if (c is < '0' or > '7')
            {
                return false;
            }

            value = (value * 8) + (uint)(c - '0');
        }

        return true;
    }

    private static string Character(string text, int position) =>
        Rune.TryGetRuneAt(text, position, out Rune rune) ? rune.ToString() : "";

    private static bool IsWellFormed(string content)
    {
        for (int i = 0; i < content.Length; i++)
        {
            if (char.IsSurrogate(content[i]))
            {
                if (!Rune.TryGetRuneAt(content, i, out _))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
