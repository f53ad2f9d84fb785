using Observe.Query.Compilation;
using Observe.Query.Time;

namespace Observe.Query.Traces;

/// <summary>The condition that records are of a trace.</summary>
internal static class TraceCondition
{
    /// <param name="range">Unix nanoseconds, both ends included; null for all time, where the bloom filter alone says what is read.</param>
    public static string Of(ParameterBag parameters, string traceId, (long From, long To)? range)
    {
        string within = range is { } bounds
            ? " AND " + SearchCompiler.TimeCondition(parameters, new TimeRange(bounds.From, bounds.To == long.MaxValue ? bounds.To : bounds.To + 1))
            : "";
        return $"TraceId = unhex({parameters.Add(traceId)}){within}";
    }
}
