using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary><c>A >> B</c> and <c>A > B</c>: the condition that a span has an ancestor, or a parent, that another condition selects.</summary>
internal static class BelowCondition
{
    /// <summary>Spans above may have begun before the range: a request an hour long is looked through from its start.</summary>
    private const long AncestorsBeforeNs = 3_600_000_000_000;

    /// <summary>Levels that are gone down from an ancestor. It ends the walk in traces whose span ids repeat; no real trace is as deep.</summary>
    private const int MaxDepth = 500;

    /// <param name="ancestor">SQL over spans.</param>
    public static string Compile(ParameterBag parameters, TimeRange range, string ancestor, bool isDirect)
    {
        long from = range.From < long.MinValue + AncestorsBeforeNs ? range.From : range.From - AncestorsBeforeNs;
        string time = SearchCompiler.TimeCondition(parameters, new TimeRange(from, range.To));
        if (isDirect)
        {
            return $"(TraceId, ParentSpanId) IN (SELECT TraceId, SpanId FROM spans WHERE {time} AND {ancestor})";
        }

        // From each ancestor down, level by level. A span for which the ancestor's condition holds too is a start of its own, so the walk stops
        // there, and no span is met twice.
        string walk = $"walk{parameters.Parameters.Count}";
        return $"""
            (TraceId, SpanId) IN (
              SELECT t, s FROM (
                WITH RECURSIVE {walk} AS (
                  SELECT TraceId AS t, SpanId AS s, toUInt16(0) AS depth, toUInt8(0) AS ends FROM spans WHERE {time} AND {ancestor}
                  UNION ALL
                  SELECT e.t, e.s, toUInt16({walk}.depth + 1), e.a
                  FROM (SELECT TraceId AS t, SpanId AS s, ParentSpanId AS p, toUInt8({ancestor}) AS a FROM spans WHERE {time}) AS e
                  JOIN {walk} ON e.t = {walk}.t AND e.p = {walk}.s
                  WHERE {walk}.ends = 0 AND {walk}.depth < {MaxDepth}
                )
                SELECT t, s FROM {walk} WHERE depth > 0))
            """;
    }
}
