using System.Globalization;
using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>How durations are written: <c>1h30m</c>, units from the longest to the shortest, each once.</summary>
internal static class DurationText
{
    private const long Second = 1_000;
    private const long Day = 24 * 3600 * Second;

    /// <summary>What 64 bits of nanoseconds hold.</summary>
    private const long MaxMilliseconds = long.MaxValue / 1_000_000;

    /// <summary>The units and their milliseconds.</summary>
    private static readonly (string Name, long Milliseconds)[] Units =
        [("y", 365 * Day), ("w", 7 * Day), ("d", Day), ("h", 3600 * Second), ("m", 60 * Second), ("s", Second), ("ms", 1)];

    /// <summary>All units, for messages.</summary>
    public static string UnitNames { get; } = string.Join(", ", Units.Reverse().Select(unit => unit.Name));

    /// <summary>Reads a duration with units.</summary>
    /// <param name="text">Such as 1h30m.</param>
    /// <param name="seconds">Infinite when it is longer than any that can be computed with.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        decimal milliseconds = 0;
        int position = 0;
        int unit = 0;
        while (position < text.Length)
        {
            int digits = text[position..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
            {
                return false;
            }

            ReadOnlySpan<char> count = text.Slice(position, digits);
            position += digits;
            int letters = text[position..].IndexOfAnyInRange('0', '9');
            ReadOnlySpan<char> name = letters < 0 ? text[position..] : text.Slice(position, letters);
            position += name.Length;
            while (unit < Units.Length && !name.SequenceEqual(Units[unit].Name))
            {
                unit++;
            }

            if (unit == Units.Length)
            {
                return false;
            }

            milliseconds = count.TrimStart('0').Length > 15 ? MaxMilliseconds + 1m
                : Math.Min(MaxMilliseconds + 1m, milliseconds + (decimal.Parse(count, CultureInfo.InvariantCulture) * Units[unit].Milliseconds));
            unit++;
        }

        seconds = milliseconds > MaxMilliseconds ? double.PositiveInfinity : (long)milliseconds / 1000.0;
        return text.Length > 0;
    }

    /// <summary>The same length with its units in their order; null for what is none, or is too long.</summary>
    public static string? InOrder(string text)
    {
        double total = 0;
        for (int start = 0; start < text.Length;)
        {
            int unit = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
            int next = unit < 0 ? -1 : text.AsSpan(start + unit).IndexOfAnyInRange('0', '9');
            int end = next < 0 ? text.Length : start + unit + next;
            if (!TryParse(text.AsSpan(start, end - start), out double seconds))
            {
                return null;
            }

            total += seconds;
            start = end;
        }

        return total * 1000 <= MaxMilliseconds ? Print(Math.Round(total, 3)) : null;
    }

    /// <summary>With units where it is a whole number of milliseconds, else as a number of seconds.</summary>
    public static string Print(double seconds)
    {
        long milliseconds = (long)Math.Round(Math.Min(Math.Abs(seconds) * 1000, MaxMilliseconds));
        if (milliseconds / 1000.0 != Math.Abs(seconds))
        {
            return NumberText.Print(seconds);
        }

        if (milliseconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(seconds < 0 ? "-" : "");
        foreach ((string name, long length) in Units)
        {
            // Years and weeks only where nothing is left over: 90d is easier to read than 12w6d.
            bool isWhole = name is not ("y" or "w") || milliseconds % length == 0;
            if (isWhole && milliseconds >= length)
            {
                text.Append(CultureInfo.InvariantCulture, $"{milliseconds / length}{name}");
                milliseconds %= length;
            }
        }

        return text.ToString();
    }
}
