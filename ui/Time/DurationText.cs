using System.Globalization;

namespace Observe.Ui.Time;

/// <summary>Durations and counts as people read them: three digits that matter, then the unit.</summary>
public static class DurationText
{
    /// <summary><c>850 ns</c>, <c>12.3 µs</c>, <c>245 ms</c>, <c>1.25 s</c>, <c>2 m 05 s</c>, <c>3 h 12 m</c>, <c>2 d 04 h</c>.</summary>
    public static string Format(double nanoseconds)
    {
        double size = Math.Abs(nanoseconds);
        string sign = nanoseconds < 0 ? "−" : "";
        return sign + size switch
        {
            < 999.5 => Invariant($"{size:0} ns"),
            < 999_500 => Digits(size / 1e3) + " µs",
            < 999_500_000 => Digits(size / 1e6) + " ms",
            < 59_995_000_000 => Digits(size / 1e9) + " s",
            _ => Long(TimeSpan.FromSeconds(Math.Round(size / 1e9))),
        };
    }

    /// <summary>How far something lies behind a beginning, or before it: <c>+245 ms</c>, <c>−1.25 s</c>.</summary>
    public static string Offset(double nanoseconds) => nanoseconds < 0 ? Format(nanoseconds) : "+" + Format(nanoseconds);

    /// <summary>A round width such as <c>10 s</c>, <c>1 min</c>, <c>6 h</c>, <c>1 d</c>.</summary>
    public static string Width(long nanoseconds)
    {
        const long Second = 1_000_000_000;
        return nanoseconds switch
        {
            _ when nanoseconds >= 86_400 * Second && nanoseconds % (86_400 * Second) == 0 => Invariant($"{nanoseconds / (86_400 * Second)} d"),
            _ when nanoseconds >= 3_600 * Second && nanoseconds % (3_600 * Second) == 0 => Invariant($"{nanoseconds / (3_600 * Second)} h"),
            _ when nanoseconds >= 60 * Second && nanoseconds % (60 * Second) == 0 => Invariant($"{nanoseconds / (60 * Second)} min"),
            _ => Format(nanoseconds),
        };
    }

    /// <summary><c>950</c>, <c>12,345</c>: a thin group of three, never rounded.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>950</c>, <c>12.3 k</c>, <c>4.1 M</c>: where the size matters and not the digit.</summary>
    public static string About(double count) => count switch
    {
        < 999.5 => Invariant($"{count:0}"),
        < 999_500 => Digits(count / 1e3) + " k",
        < 999_500_000 => Digits(count / 1e6) + " M",
        _ => Digits(count / 1e9) + " G",
    };

    private static string Long(TimeSpan time) => time switch
    {
        { TotalHours: < 1 } => Invariant($"{time.Minutes} m {time.Seconds:00} s"),
        { TotalDays: < 1 } => Invariant($"{time.Hours} h {time.Minutes:00} m"),
        _ => Invariant($"{time.Days} d {time.Hours:00} h"),
    };

    private static string Digits(double value) => value switch
    {
        < 9.995 => Invariant($"{value:0.##}"),
        < 99.95 => Invariant($"{value:0.#}"),
        _ => Invariant($"{value:0}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
