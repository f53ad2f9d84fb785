using System.Buffers;
using System.Text.RegularExpressions;

namespace Observe.Query.PromQL.Language;

/// <summary>The regular expressions of matchers: RE2's, which the whole value must match, and in which <c>.</c> is also the end of a line.</summary>
/// <remarks>https://github.com/google/re2/wiki/Syntax</remarks>
public static class LabelPattern
{
    /// <summary>What makes a pattern more than a list of texts.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create("\\.+*?()[]{}^$");

    /// <summary>The texts of a pattern that is nothing but a list such as <c>api|web</c>; null for any other.</summary>
    public static IReadOnlyList<string>? Alternatives(string pattern) => pattern.AsSpan().ContainsAny(Special) ? null : pattern.Split('|');

    /// <summary>A pattern that finds the same in linear time; its groups have RE2's numbers and names.</summary>
    /// <exception cref="ArgumentException">The pattern is none; the message says what is wrong with it.</exception>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > PromQLLimits.MaxPatternLength && Alternatives(pattern) is null)
        {
            throw new ArgumentException(
                $"This regular expression has {pattern.Length} characters; {PromQLLimits.MaxPatternLength} are allowed where it is more than a list such as a|b|c.");
        }

        string translated = new Re2Translator(pattern).Translate();
        try
        {
            return new Regex($@"\A(?s:{translated})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException("This regular expression is too large when its repetitions are written out: make them smaller.", exception);
        }
        catch (RegexParseException exception)
        {
            throw new ArgumentException($"This is no regular expression: {exception.Message}", exception);
        }
    }

    /// <summary>What is wrong with a pattern; null if it is one.</summary>
    internal static string? Mistake(string pattern)
    {
        if (Alternatives(pattern) is not null)
        {
            return null;
        }

        try
        {
            Compile(pattern);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether the empty text matches.</summary>
    internal static bool MatchesEmpty(string pattern) =>
        Alternatives(pattern) is { } alternatives ? alternatives.Contains("") : Compile(pattern).IsMatch("");
}
