using System.Globalization;

namespace Observe.Query.Language;

/// <summary>Reads the values that a query may hold: numbers, durations, sizes, booleans.</summary>
public static class ValueText
{
    private static readonly (string Unit, double Nanoseconds)[] Durations =
    [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9), ("w", 604_800e9),
    ];

    // KB and its kin count in thousands, KiB in 1024, as IEC 80000-13 has it.
    private static readonly (string Unit, double Bytes)[] Sizes =
    [
        ("B", 1), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    /// <summary>The units of durations, for messages.</summary>
    internal const string DurationUnits = "ns, us, ms, s, m, h, d, w";

    /// <summary>The units of sizes, for messages.</summary>
    internal const string SizeUnits = "B, KB, MB, GB, TB, KiB, MiB, GiB, TiB";

    public static bool TryInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    /// <summary>A duration such as <c>250ms</c> or <c>1.5s</c>.</summary>
    public static bool TryDuration(string text, out double nanoseconds) => TryUnits(text, Durations, StringComparison.Ordinal, out nanoseconds);

    /// <summary>A size such as <c>4KB</c> (4,000 bytes) or <c>4KiB</c> (4,096).</summary>
    public static bool TrySize(string text, out double bytes) => TryUnits(text, Sizes, StringComparison.OrdinalIgnoreCase, out bytes);

    public static bool TryBool(string text, out bool value)
    {
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a text is a number with letters after it that are no unit, such as <c>5seconds</c>.</summary>
    internal static bool HasUnknownUnit(string text)
    {
        int digits = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        return digits > 0 && digits < text.Length && TryNumber(text[..digits], out _) && text.Skip(digits).All(char.IsLetter)
            && !TryDuration(text, out _) && !TrySize(text, out _);
    }

    /// <summary>A record's value as a query would write it, without quotes.</summary>
    internal static string Of(object value) => value switch
    {
        bool b => b ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool TryUnits(string text, (string Unit, double Factor)[] units, StringComparison comparison, out double value)
    {
        int digits = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (digits > 0 && TryNumber(text[..digits], out double number))
        {
            foreach ((string unit, double factor) in units)
            {
                if (text.AsSpan(digits).Equals(unit, comparison))
                {
                    value = number * factor;
                    return true;
                }
            }
        }

        value = 0;
        return false;
    }
}
