using System.Buffers;
using System.Globalization;
using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said about words that begin with a digit and are neither a number nor a duration.</summary>
internal static class NumberMistakes
{
    /// <summary>How units are written elsewhere.</summary>
    private static readonly (string Unit, string[] Spellings)[] Units =
    [
        ("ms", ["millis", "msec"]),
        ("s", ["sec", "secs", "second", "seconds"]),
        ("m", ["min", "mins", "minute", "minutes"]),
        ("h", ["hr", "hrs", "hour", "hours"]),
        ("d", ["day", "days"]),
        ("w", ["week", "weeks"]),
        ("y", ["year", "years"]),
    ];

    private static readonly SearchValues<char> DecimalParts = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789._eE+-");

    public static string Describe(string word)
    {
        if (NumberText.TryParse(word, out _))
        {
            return $"{Excerpt.Of(word)} is larger than any number.";
        }

        if (DurationText.TryParse(word, out _))
        {
            return $"{Excerpt.Of(word)} is longer than 292 years, the longest duration.";
        }

        string shown = Excerpt.Of(word);
        if (!word.AsSpan().ContainsAnyExcept(NumberParts))
        {
            return $"{shown} is no number.";
        }

        int digits = word.AsSpan().IndexOfAnyExcept(DecimalParts);
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return $"{shown} is no number.";
        }

        (string count, string unit) = (word[..digits], word[digits..]);
        bool isWhole = !count.Contains('.', StringComparison.Ordinal);
        if (!isWhole && DurationText.TryParse("1" + unit, out double one) && double.TryParse(count, CultureInfo.InvariantCulture, out double factor))
        {
            return $"The numbers of a duration are whole: write {DurationText.Print(Math.Round(factor * one, 3))} in place of {shown}.";
        }

        if (isWhole && Units.FirstOrDefault(known => known.Spellings.Contains(unit, StringComparer.OrdinalIgnoreCase)).Unit is { } meant)
        {
            return $"There is no unit {unit}: write {count}{meant}.";
        }

        if (unit is "mo" or "month" or "months")
        {
            return "There is no unit for months, which differ: write 30d for one of 30 days.";
        }

        if (isWhole && DurationText.TryParse(word.ToLowerInvariant(), out _))
        {
            return $"Units are written small: {word.ToLowerInvariant()}.";
        }

        if (unit is "us" or "µs" or "μs" or "ns")
        {
            return "The shortest unit is ms: write shorter durations as a number of seconds, such as 0.000001.";
        }

        if (isWhole && DurationText.InOrder(word) is { } ordered)
        {
            return $"Units stand from the longest to the shortest, each once: {ordered}.";
        }

        if (char.IsAsciiDigit(word[^1]) && DurationText.TryParse(word.TrimEnd("0123456789".ToCharArray()), out _))
        {
            return $"A unit is missing at the end of {shown}, such as s.";
        }

        return unit.Contains('_', StringComparison.Ordinal) && unit.AsSpan().ContainsAnyInRange('a', 'z')
            ? $"{shown} begins with a digit: a name that does stands in quotes, a metric's as {{\"{shown}\"}}."
            : $"{shown} is neither a number nor a duration: the units are {DurationText.UnitNames}, the longest first, as in 1h30m.";
    }
}
