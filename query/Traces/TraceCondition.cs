using Observe.Query.Compilation;

namespace Observe.Query.Traces;

/// <summary>The condition that records are of a trace.</summary>
internal static class TraceCondition
{
    /// <param name="range">Unix nanoseconds, both ends included; null for all time, where the bloom filter alone says what is read.</param>
    public static string Of(ParameterBag parameters, string traceId, (long From, long To)? range)
    {
        string within = range is { } bounds
            ? $" AND Timestamp >= {parameters.AddTime(bounds.From)} AND Timestamp <= {parameters.AddTime(bounds.To)}"
            : "";
        return $"TraceId = unhex({parameters.Add(traceId)}){within}";
    }
}
