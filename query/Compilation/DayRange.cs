using System.Globalization;
using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary>Days, in UTC. It is by day that is known when a series was seen: <c>metric_series</c> has a row for each.</summary>
/// <param name="First">Days since 1970.</param>
/// <param name="Last">Belongs to the range.</param>
internal readonly record struct DayRange(ushort First, ushort Last)
{
    /// <summary>Whenever it was.</summary>
    public static readonly DayRange All = new(0, ushort.MaxValue);

    /// <summary>The days that a question's time range touches.</summary>
    public static DayRange Of(TimeRange range) => new(UnixDay.Of(range.From), UnixDay.Of(range.To - 1));

    /// <summary>The days of a stretch of time.</summary>
    /// <param name="start">In nanoseconds since 1970; null for no beginning.</param>
    /// <param name="end">Belongs to it; null for no end.</param>
    public static DayRange Of(long? start, long? end) =>
        new(start is null ? All.First : UnixDay.Of(start.Value), end is null ? All.Last : UnixDay.Of(end.Value));

    /// <summary>A day as the engine has it.</summary>
    public static string Date(ParameterBag parameters, ushort day) => $"toDate({parameters.Add((long)day)})";

    /// <summary>That a row's column <c>Day</c> is one of them, in SQL.</summary>
    public string Condition(ParameterBag parameters) =>
        this == All ? "true" : $"Day BETWEEN {Date(parameters, First)} AND {Date(parameters, Last)}";

    /// <summary>For a sentence about what was seen: <c>on 2026-01-31 (UTC)</c>, <c>from 2026-01-30 to 2026-01-31 (UTC)</c>.</summary>
    public string Phrase() => First == Last ? $"on {Text(First)} (UTC)" : $"from {Text(First)} to {Text(Last)} (UTC)";

    private static string Text(ushort day) => UnixDay.Date(day).ToString("O", CultureInfo.InvariantCulture);
}
