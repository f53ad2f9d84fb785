namespace Observe.Query.Search;

/// <summary>Widths of bins that people count in.</summary>
internal static class BinWidths
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1000 * Millisecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>The widest bin of time: from the latest time that is taken (<see cref="Time.TimeExpression.Latest"/>) an Int64 of nanoseconds holds one more of them.</summary>
    public const long Widest = 366 * Day;

    private static readonly long[] Ladder =
    [
        Millisecond, 2 * Millisecond, 5 * Millisecond, 10 * Millisecond, 20 * Millisecond, 50 * Millisecond, 100 * Millisecond, 200 * Millisecond,
        500 * Millisecond, Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute, 5 * Minute, 10 * Minute,
        15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 30 * Day, 90 * Day, 365 * Day,
    ];

    /// <summary>The narrowest width that cuts the range into no more than about so many bins.</summary>
    public static long For(long rangeNs, int bins)
    {
        long wanted = rangeNs / bins;
        foreach (long width in Ladder)
        {
            if (width >= wanted)
            {
                return width;
            }
        }

        return Ladder[^1];
    }
}
