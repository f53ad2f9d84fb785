using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary>Where the records of a signal are, one row for each.</summary>
internal static class SignalRows
{
    /// <summary>What stands after FROM.</summary>
    public static string From(SearchSignal signal) => signal switch
    {
        SearchSignal.Logs => "logs",
        SearchSignal.Spans => "spans",
        _ => SeriesRows.From,
    };

    /// <summary>The condition that they lie in a time range, without which series are there more than once.</summary>
    /// <inheritdoc cref="SearchCompiler.TimeCondition" path="/param"/>
    public static string InRange(SearchSignal signal, ParameterBag parameters, TimeRange range, bool isAlone = false) => signal == SearchSignal.Metrics
        ? SeriesRows.InRange(parameters, range)
        : SearchCompiler.TimeCondition(parameters, range, isAlone);
}
