using Observe.Query.Compilation;
using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Search;

/// <summary>Says of which days an answer about metric series is, where that is more than was asked for.</summary>
internal static class SeriesNotices
{
    public static IReadOnlyList<string> Of(ParsedQuery query, TimeRange range, TimeProvider time) =>
        query.Signal == SearchSignal.Metrics ? Of(range, time) : [];

    /// <inheritdoc cref="SeriesNotices"/>
    public static IReadOnlyList<string> Of(TimeRange range, TimeProvider time)
    {
        bool isWhole = range.From % UnixDay.Nanoseconds == 0 && (range.To % UnixDay.Nanoseconds == 0 || range.To >= TimeExpression.Now(time));
        return isWhole || range.To <= range.From ? []
            : [$"Series are noted by day: the answer has those that were seen {DayRange.Of(range).Phrase()}, perhaps not within the time range."];
    }
}
