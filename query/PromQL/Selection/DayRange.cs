using Observe.Query.Compilation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Days, in UTC. It is by day that is known when a series was seen: <c>metric_series</c> has a row for each.</summary>
/// <param name="First">Days since 1970.</param>
/// <param name="Last">Belongs to the range.</param>
internal readonly record struct DayRange(ushort First, ushort Last)
{
    private const long Day = 86_400_000_000_000;

    /// <summary>Whenever it was.</summary>
    public static readonly DayRange All = new(0, ushort.MaxValue);

    /// <summary>The days of a stretch of time.</summary>
    /// <param name="start">In nanoseconds since 1970; null for no beginning.</param>
    /// <param name="end">Belongs to it; null for no end.</param>
    public static DayRange Of(long? start, long? end) => new(start is null ? All.First : DayOf(start.Value), end is null ? All.Last : DayOf(end.Value));

    /// <summary>The day in which a time lies, or the nearest that there is.</summary>
    public static ushort DayOf(long time) => (ushort)Math.Clamp(time / Day, ushort.MinValue, ushort.MaxValue);

    /// <summary>Midnight, in nanoseconds since 1970.</summary>
    public static long StartOf(ushort day) => day * Day;

    /// <summary>That a row's column <c>Day</c> is one of them, in SQL.</summary>
    public string Condition(ParameterBag parameters) =>
        this == All ? "true" : $"Day BETWEEN toDate({parameters.Add((long)First)}) AND toDate({parameters.Add((long)Last)})";
}
