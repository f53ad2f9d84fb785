using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What the language asks of a text, one character after the other.</summary>
internal static class ReferenceText
{
    /// <summary>Equal in case and everything; an unquoted * stands for any characters.</summary>
    public static bool Equals(string text, QueryValue value) => value.HasWildcard ? Wildcard(text, value.Text) : text == value.Text;

    public static bool Wildcard(string text, string pattern)
    {
        if (pattern.Length == 0)
        {
            return text.Length == 0;
        }

        return pattern[0] == '*'
            ? Enumerable.Range(0, text.Length + 1).Any(start => Wildcard(text[start..], pattern[1..]))
            : text.Length > 0 && text[0] == pattern[0] && Wildcard(text[1..], pattern[1..]);
    }

    /// <summary>Whether the phrase is there in any case, with no word that goes on before it or (unless it is a prefix) behind it.</summary>
    public static bool Contains(string text, string phrase, bool isPrefix)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        Rune[] wanted = [.. phrase.EnumerateRunes()];
        for (int start = 0; start + wanted.Length <= runes.Length; start++)
        {
            int end = start + wanted.Length;
            if (!runes.Skip(start).Take(wanted.Length).Select(Fold).SequenceEqual(wanted.Select(Fold)))
            {
                continue;
            }

            bool begins = start == 0 || !IsWord(wanted[0]) || !IsWord(runes[start - 1]);
            bool ends = isPrefix || end == runes.Length || !IsWord(wanted[^1]) || !IsWord(runes[end]);
            if (begins && ends)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the expression finds something. A . takes line ends too; $ is the end of the text.</summary>
    /// <remarks>Expressions of the test have no $ but at the end, and nothing in which RE2 and .NET differ otherwise.</remarks>
    public static bool Matches(string text, string pattern) => Regex.IsMatch(
        text, pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>The order of two texts is that of their UTF-8 bytes.</summary>
    public static int Compare(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>A value as the text that =*, ~ and : look at; null for one that has none.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        bool flag => flag ? "true" : "false",
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => null,
    };

    /// <summary>The fewest digits that say the number; an exponent below 1e-6 and from 1e21 on.</summary>
    public static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        if (number == 0)
        {
            return double.IsNegative(number) ? "-0" : "0";
        }

        // What .NET writes has the fewest digits too, but changes to an exponent elsewhere.
        string[] parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        string[] halves = $"{parts[0]}.".Split('.');
        string all = (halves[0] + halves[1]).TrimStart('0');
        int zeros = halves[0].Length + halves[1].Length - all.Length;
        int exponent = halves[0].Length - 1 - zeros + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        string digits = all.TrimEnd('0');
        string sign = number < 0 ? "-" : "";
        if (exponent is < -6 or >= 21)
        {
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{exponent}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1 ? sign + digits.PadRight(exponent + 1, '0') : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    /// <summary>Words are of ASCII letters and digits and of everything beyond ASCII.</summary>
    private static bool IsWord(Rune rune) => !rune.IsAscii || char.IsAsciiLetterOrDigit((char)rune.Value);
}
