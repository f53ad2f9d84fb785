using System.Globalization;
using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>Writes RE2's classes of characters, and its escapes, in the syntax of .NET.</summary>
internal sealed class Re2Class(string pattern)
{
    private const int Last = char.MaxValue;

    private static readonly (int First, int Last)[] Digit = [('0', '9')];
    private static readonly (int First, int Last)[] Space = [('\t', '\n'), ('\f', '\r'), (' ', ' ')];
    private static readonly (int First, int Last)[] Word = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    private static readonly Dictionary<string, (int First, int Last)[]> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = [('0', '9'), ('A', 'Z'), ('a', 'z')],
        ["alpha"] = [('A', 'Z'), ('a', 'z')],
        ["ascii"] = [(0, 0x7f)],
        ["blank"] = [('\t', '\t'), (' ', ' ')],
        ["cntrl"] = [(0, 0x1f), (0x7f, 0x7f)],
        ["digit"] = Digit,
        ["graph"] = [('!', '~')],
        ["lower"] = [('a', 'z')],
        ["print"] = [(' ', '~')],
        ["punct"] = [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        ["space"] = [('\t', '\r'), (' ', ' ')],
        ["upper"] = [('A', 'Z')],
        ["word"] = Word,
        ["xdigit"] = [('0', '9'), ('A', 'F'), ('a', 'f')],
    };

    /// <summary>The categories of Unicode that both know; RE2 has scripts, too.</summary>
    private static readonly HashSet<string> Categories = new(
        "C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs".Split(' '), StringComparer.Ordinal);

    /// <summary>One character, so that it stands for itself.</summary>
    public static string Literal(int c) => char.IsAsciiLetterOrDigit((char)c) ? ((char)c).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{c:x4}");

    public static ArgumentException Error(string message) => new($"This is no regular expression: {message}.");

    /// <summary>Reads <c>[…]</c>.</summary>
    public string Read(ref int position)
    {
        position++;
        var text = new StringBuilder("[");
        if (At(position) == '^')
        {
            position++;
            text.Append('^');
        }

        bool isFirst = true;
        while (isFirst || At(position) != ']')
        {
            if (position >= pattern.Length)
            {
                throw Error("a ] is missing");
            }

            isFirst = false;
            text.Append(Set(ref position) ?? Range(ref position));
        }

        position++;
        return text.Append(']').ToString();
    }

    /// <summary>Reads what begins with a backslash.</summary>
    public string Escape(ref int position, bool inClass)
    {
        if (!inClass && At(position + 1) is 'A' or 'z' or 'b' or 'B')
        {
            position += 2;
            return pattern.Substring(position - 2, 2);
        }

        if (Set(ref position) is { } set)
        {
            return inClass || set.StartsWith('\\') && set[1] is 'p' or 'P' ? set : $"[{set}]";
        }

        int code = Code(ref position);
        return code <= Last ? Literal(code) : $"(?:{char.ConvertFromUtf32(code)})";
    }

    /// <summary><c>\d</c>, <c>\pL</c>, <c>[:alpha:]</c>; null if no set stands there.</summary>
    private string? Set(ref int position)
    {
        if (At(position) == '[' && At(position + 1) == ':' && pattern.IndexOf(":]", position + 2, StringComparison.Ordinal) is >= 0 and int end)
        {
            string name = pattern[(position + 2)..end];
            position = end + 2;
            return Posix.TryGetValue(name.TrimStart('^'), out (int First, int Last)[]? ranges)
                ? Write(ranges, isNegated: name.StartsWith('^'))
                : throw Error($"there is no class [:{name}:]");
        }

        if (At(position) != '\\')
        {
            return null;
        }

        char c = At(position + 1);
        (int First, int Last)[]? known = char.ToLowerInvariant(c) switch { 'd' => Digit, 's' => Space, 'w' => Word, _ => null };
        if (known is not null)
        {
            position += 2;
            return Write(known, isNegated: char.IsUpper(c));
        }

        return c is 'p' or 'P' ? Category(ref position) : null;
    }

    private string Category(ref int position)
    {
        bool isNegated = At(position + 1) == 'P';
        int end = At(position + 2) == '{' ? pattern.IndexOf('}', position) : position + 2;
        if (end < 0 || end >= pattern.Length)
        {
            throw Error("a category of characters is expected after \\p, such as \\pL or \\p{Lu}");
        }

        string name = pattern[(position + 2)..(end + 1)].Trim('{', '}');
        isNegated ^= name.StartsWith('^');
        name = name.TrimStart('^');
        position = end + 1;
        return Categories.Contains(name)
            ? $"\\{(isNegated ? 'P' : 'p')}{{{name}}}"
            : throw Error($"\\p{{{name}}} is not known: there are the categories of Unicode, such as L, Lu and Nd");
    }

    private string Range(ref int position)
    {
        int first = Code(ref position);
        int last = first;
        if (At(position) == '-' && position + 1 < pattern.Length && At(position + 1) != ']')
        {
            position++;
            last = Code(ref position);
            if (last < first)
            {
                throw Error("a range in […] ends before it begins");
            }
        }

        return first > Last ? throw Error("a character beyond U+FFFF cannot stand in […]: write (a|b)") : Write([(first, Math.Min(last, Last))], isNegated: false);
    }

    /// <summary>One character, escaped or not.</summary>
    private int Code(ref int position)
    {
        if (position >= pattern.Length)
        {
            throw Error("a ] is missing");
        }

        if (At(position) != '\\')
        {
            int code = Rune.TryGetRuneAt(pattern, position, out Rune rune) ? rune.Value : pattern[position];
            position += code > Last ? 2 : 1;
            return code;
        }

        char c = At(position + 1);
        int start = position;
        position += 2;
        switch (c)
        {
            case '\0' when start + 1 == pattern.Length:
                throw Error("it ends with a single \\; for the character itself, write \\\\");
            case 'x':
                return Hex(ref position);
            case '0':
            case >= '1' and <= '7' when At(position) is >= '0' and <= '7':
                position--;
                return Octal(ref position);
            case >= '1' and <= '9':
                throw Error($"it cannot refer back to a group, as \\{c} does");
        }

        int simple = "afnrtv".IndexOf(c, StringComparison.Ordinal);
        return simple >= 0 ? "\a\f\n\r\t\v"[simple]
            : char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) ? c
            : throw Error($"there is no escape \\{c}");
    }

    private int Hex(ref int position)
    {
        int end = At(position) == '{' ? pattern.IndexOf('}', position) : position + 2;
        string digits = end < 0 || end > pattern.Length ? "" : pattern[position..end].TrimStart('{');
        position = end + (At(position) == '{' ? 1 : 0);
        return digits.Length is > 0 and <= 8 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && code is >= 0 and <= 0x10ffff and not (>= 0xd800 and <= 0xdfff)
            ? code
            : throw Error("two hexadecimal digits are expected after \\x, or a character's number in braces");
    }

    private int Octal(ref int position)
    {
        int code = 0;
        for (int i = 0; i < 3 && At(position) is >= '0' and <= '7'; i++)
        {
            code = (code * 8) + (At(position++) - '0');
        }

        return code;
    }

    private static string Write((int First, int Last)[] ranges, bool isNegated)
    {
        var text = new StringBuilder();
        int next = 0;
        foreach ((int first, int last) in ranges)
        {
            if (!isNegated)
            {
                text.Append(Literal(first)).Append(first == last ? "" : "-" + Literal(last));
            }
            else if (first > next)
            {
                text.Append(Literal(next)).Append('-').Append(Literal(first - 1));
            }

            next = last + 1;
        }

        return isNegated ? text.Append(Literal(next)).Append('-').Append(Literal(Last)).ToString() : text.ToString();
    }

    private char At(int position) => position < pattern.Length ? pattern[position] : '\0';
}
