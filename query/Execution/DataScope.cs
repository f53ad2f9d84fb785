using Observe.Query.Compilation;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Execution;

/// <summary>The data that a statement reads, besides resources and scopes, which every statement may read.</summary>
/// <param name="Tables">Names of tables; where there is a range, of those that are ordered by time.</param>
/// <param name="Range">The time in which its rows lie; null for all.</param>
public sealed record DataScope(IReadOnlyList<string> Tables, TimeRange? Range)
{
    /// <summary>Questions about spans look around their range for ancestors and for the rest of traces, an hour; a day is surely enough.</summary>
    private const long AroundSpansNs = 86_400_000_000_000;

    /// <summary>What a search reads.</summary>
    public static DataScope Of(SearchSignal signal, TimeRange range) => signal switch
    {
        SearchSignal.Logs => new(["logs"], range),
        SearchSignal.Spans => new(
            ["spans"], new TimeRange(Math.Max(range.From, long.MinValue + AroundSpansNs) - AroundSpansNs, Math.Min(range.To, long.MaxValue - AroundSpansNs) + AroundSpansNs)),
        _ => new([SeriesRows.Table], null),
    };
}
