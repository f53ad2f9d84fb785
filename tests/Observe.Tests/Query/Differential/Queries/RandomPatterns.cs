using System.Text;

namespace Observe.Tests.Query.Differential.Queries;

/// <summary>Regular expressions that mean the same to RE2 and to .NET: no \b, \w or \s, which are of ASCII in one only, and $ at the end alone.</summary>
internal static class RandomPatterns
{
    /// <summary>One that may find something in the text.</summary>
    public static string Around(Random random, string text)
    {
        // Cut between characters, not within a pair of surrogates.
        Rune[] runes = [.. text.EnumerateRunes()];
        int start = random.Next(runes.Length + 1);
        int end = random.Next(start, runes.Length + 1);
        string part = Literal(string.Concat(runes[start..end]));
        string before = Literal(string.Concat(runes[..start]));
        string after = Literal(string.Concat(runes[end..]));
        return random.Next(10) switch
        {
            0 => "^" + before,
            1 => after + "$",
            2 => $"^{before}.*{after}$",
            3 => $"(?i){part}",
            4 => $"{part}|zzz",
            5 => "[0-9]{2,3}",
            6 => "[a-e]+[^a-z]",
            7 => $"(?:{part}){{1,2}}",
            8 => "^$",
            _ => part,
        };
    }

    private static string Literal(string text) => string.Concat(text.Select(c => c switch
    {
        '\0' => "\\x00",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '_' or ' ' => c.ToString(),
        _ when char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) => $"\\{c}",
        _ => c.ToString(),
    }));
}
