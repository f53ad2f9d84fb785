using System.Globalization;
using System.Text;
using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said about characters that begin no token.</summary>
internal static class LexerMistakes
{
    private static readonly (string Written, string Meant)[] Operators =
    [
        ("&&", "and"), ("||", "or"), ("===", "=="), ("!==", "!="), ("<>", "!="), ("=>", ">="), ("=<", "<="), ("**", "^"), ("//", "#"),
    ];

    /// <summary>What is wrong with what stands there; null if an operator does.</summary>
    public static (string Message, TextSpan Span)? Describe(string text, int position, LexerMode mode)
    {
        ReadOnlySpan<char> rest = text.AsSpan(position);
        foreach ((string written, string meant) in Operators)
        {
            if (rest.StartsWith(written, StringComparison.Ordinal))
            {
                string message = meant == "#" ? "A comment begins with #, not with //." : $"There is no operator {written}: write {meant}.";
                return (message, new TextSpan(position, written.Length));
            }
        }

        if (Lexer.IsOperator(rest))
        {
            return null;
        }

        char c = text[position];
        var one = new TextSpan(position, 1);
        switch (c)
        {
            case '$':
                return Variable(text, position);
            case '!':
                return ("A ! stands before = or ~ only; for what is not in a vector, write a unless b.", one);
            case '~':
                return ("A regular expression is compared with =~ or !~.", one);
            case ';' when mode == LexerMode.Braces:
                return ("Matchers are separated by commas.", one);
            case ';':
                return ("A query is one expression and has no ; at its end.", one);
            case '.':
                return Name(text, position, mode);
            case '“' or '”' or '„' or '‘' or '’':
                return ($"{c} is a quotation mark of prose: write \" or '.", one);
            case '–' or '—' or '−':
                return ($"{c} is no minus sign that is understood here: write -.", one);
        }

        if (char.IsWhiteSpace(c) || c is '\u200b' or '\ufeff')
        {
            return ($"This is no ordinary space (U+{(int)c:X4}), though it may look like one: delete it and type a space.", one);
        }

        if (char.IsLetter(c))
        {
            return Name(text, position, mode);
        }

        string shown = Rune.TryGetRuneAt(text, position, out Rune rune) && !Rune.IsControl(rune)
            ? rune.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
        return ($"The character {shown} means nothing here.", new TextSpan(position, rune.Utf16SequenceLength == 2 ? 2 : 1));
    }

    /// <summary>A name that needs quotes, as a whole.</summary>
    private static (string Message, TextSpan Span) Name(string text, int position, LexerMode mode)
    {
        int start = position;
        while (start > 0 && IsPartOfName(text[start - 1]))
        {
            start--;
        }

        int end = position + 1;
        while (end < text.Length && IsPartOfName(text[end]))
        {
            end++;
        }

        string name = Excerpt.Of(text[start..end]);
        return (mode == LexerMode.Braces
            ? $"A label's name with other characters than a-z, A-Z, 0-9 and _ stands in quotes: \"{name}\"."
            : $"A metric's name with other characters than a-z, A-Z, 0-9, _ and : stands in braces and quotes: {{\"{name}\"}}.", TextSpan.FromBounds(start, end));
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    /// <summary>What dashboards replace before they ask.</summary>
    private static (string Message, TextSpan Span) Variable(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && (Lexer.IsNamePart(text[end]) || text[end] is '{' or '}'))
        {
            end++;
        }

        string name = Excerpt.Of(text[start..end]);
        return ($"{name} is a dashboard's variable that was not replaced: write its value.", TextSpan.FromBounds(start, end));
    }
}
