namespace Observe.Query.Compilation;

/// <summary>Times as the tables of metric points are ordered by them: by quarters of an hour, which are 32-bit numbers of seconds.</summary>
internal static class PointTimes
{
    /// <summary>2106-02-06 23:59:59, at which ingest stores what is later: on the day after, the seconds begin again at 1970.</summary>
    private const long Last = 4_294_943_999L * 1_000_000_000;

    private const long Quarter = 15 * 60 * 1_000_000_000L;

    /// <summary>The nearest time that a point can have.</summary>
    /// <param name="time">In nanoseconds since 1970.</param>
    public static long Stored(long time) => Math.Clamp(time, 0, Last);

    /// <summary>The last time that a point can have in the quarter of an hour in which another time lies: points have milliseconds.</summary>
    /// <param name="time">In nanoseconds since 1970.</param>
    public static long EndOfQuarter(long time) => (((Stored(time) / Quarter) + 1) * Quarter) - 1_000_000;

    /// <summary>That a row lies in the quarters of an hour from one time to another, by which the engine finds the granules.</summary>
    /// <param name="from">In SQL.</param>
    /// <param name="to">In SQL; its quarter belongs to them.</param>
    public static string InQuarters(string from, string to) =>
        $"toStartOfFifteenMinutes(Timestamp) >= toStartOfFifteenMinutes({from}) AND toStartOfFifteenMinutes(Timestamp) <= toStartOfFifteenMinutes({to})";
}
