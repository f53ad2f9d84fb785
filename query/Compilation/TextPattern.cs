using System.Text;

namespace Observe.Query.Compilation;

/// <summary>Makes the engine's patterns out of users' texts.</summary>
internal static class TextPattern
{
    // A word is a run of ASCII letters and digits and of everything beyond ASCII, as the index on the body (tokenbf_v1) has it.
    private const string Boundary = @"[^0-9A-Za-z\x80-\x{10FFFF}]";

    /// <summary>A LIKE pattern in which * stands for any characters.</summary>
    public static string Like(string wildcard)
    {
        var pattern = new StringBuilder(wildcard.Length + 8);
        foreach (char c in wildcard)
        {
            _ = c switch
            {
                '*' => pattern.Append('%'),
                '%' or '_' or '\\' => pattern.Append('\\').Append(c),
                _ => pattern.Append(c),
            };
        }

        return pattern.ToString();
    }

    /// <summary>An RE2 pattern that finds the text in any case where it begins and (unless it is a prefix) ends at the edge of a word.</summary>
    public static string Phrase(string text, bool isPrefix) =>
        "(?i)"
        + (IsWordCharacter(text[0]) ? $"(?:^|{Boundary})" : "")
        + Escape(text)
        + (!isPrefix && IsWordCharacter(text[^1]) ? $"(?:$|{Boundary})" : "");

    /// <summary>The words of a text, as the index on the body has them, without those whose lower case the index does not know.</summary>
    /// <param name="isPrefix">The last word is not whole, so it is left out.</param>
    public static IReadOnlyList<string> IndexedWords(string text, bool isPrefix)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsWordCharacter(text[i]))
            {
                continue;
            }

            if (i > start && !(isPrefix && i == text.Length) && text.AsSpan(start, i - start).IndexOfAnyExceptInRange('\0', '\x7f') < 0)
            {
                words.Add(text[start..i].ToLowerInvariant());
            }

            start = i + 1;
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether the text is one word of the index, so that the words say all.</summary>
    public static bool IsOneWord(string text) => text.All(char.IsAsciiLetterOrDigit);

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c >= '\x80';

    /// <summary>An RE2 pattern for the text itself.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            // RE2 takes a backslash before any ASCII punctuation; other characters stand for themselves.
            if (char.IsAscii(c) && char.IsPunctuation(c) || char.IsAscii(c) && char.IsSymbol(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
