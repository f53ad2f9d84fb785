namespace Observe.Query.Time;

/// <summary>Days as the engine keeps them: counted from 1970-01-01 (UTC), up to 2149.</summary>
internal static class UnixDay
{
    public const long Nanoseconds = 86_400_000_000_000;

    private static readonly DateOnly First = new(1970, 1, 1);

    /// <summary>The day of a time in Unix nanoseconds. Times beyond the days that there are count as the first or last.</summary>
    public static ushort Of(long unixNs) => (ushort)Math.Clamp(unixNs / Nanoseconds, 0, ushort.MaxValue);

    public static DateOnly Date(long day) => First.AddDays((int)day);

    /// <summary>The beginning of a day in Unix nanoseconds.</summary>
    public static long Start(long day) => day * Nanoseconds;

    /// <inheritdoc cref="Start(long)"/>
    public static long Start(DateOnly day) => Start(day.DayNumber - First.DayNumber);
}
