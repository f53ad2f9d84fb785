namespace Observe.Query.Time;

/// <summary>Reads the range of a question from its two ends.</summary>
public static class TimeRangeExpression
{
    /// <summary>What is asked when nothing is said: long enough to hold what just went wrong, short enough to be answered at once.</summary>
    public const string DefaultFrom = "now-1h";

    /// <param name="from">Null or empty for <see cref="DefaultFrom"/>.</param>
    /// <param name="to">Null or empty for now.</param>
    /// <exception cref="FormatException">One end is not a time, or the range is empty.</exception>
    public static TimeRange Parse(string? from, string? to, TimeProvider time)
    {
        long start = TimeExpression.Parse(string.IsNullOrWhiteSpace(from) ? DefaultFrom : from, time);
        long end = TimeExpression.Parse(string.IsNullOrWhiteSpace(to) ? "now" : to, time);
        return start < end
            ? new TimeRange(start, end)
            : throw new FormatException($"The time range is empty: from ({Rfc3339.Format(start)}) must lie before to ({Rfc3339.Format(end)}).");
    }
}
