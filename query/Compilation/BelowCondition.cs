using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary><c>A >> B</c> and <c>A > B</c>: the condition that a span has an ancestor, or a parent, that another condition selects.</summary>
internal static class BelowCondition
{
    /// <summary>Spans above may have begun before the range: a request an hour long is looked through from its start.</summary>
    private const long AncestorsBeforeNs = 3_600_000_000_000;

    /// <summary>Levels that are gone up from a span; no real trace is as deep.</summary>
    private const int MaxDepth = 500;

    /// <summary>Where spans above those of a range are looked for.</summary>
    public static TimeRange TimeAbove(TimeRange range) =>
        range with { From = range.From < long.MinValue + AncestorsBeforeNs ? range.From : range.From - AncestorsBeforeNs };

    /// <param name="parameters">Takes values.</param>
    /// <param name="below">SQL for the spans that are asked about.</param>
    /// <param name="candidates">SQL for the spans that may be above these: of their traces.</param>
    /// <param name="ancestor">SQL for what is to be above.</param>
    /// <param name="isDirect">Whether only a parent counts.</param>
    public static string Compile(ParameterBag parameters, string below, string candidates, string ancestor, bool isDirect)
    {
        if (isDirect)
        {
            return $"(TraceId, ParentSpanId) IN (SELECT TraceId, SpanId FROM spans WHERE {candidates} AND {ancestor})";
        }

        // From each span up, level by level, until the ancestor's condition holds. Each level looks through all candidates, so these are read once, as a
        // scalar: an array of numbers (20 M spans, few below: 0.7 s of CPU; from the table at each level 2.3 s). What meets twice on a level is one, and
        // who comes to a span for the second time goes no further: spans that are above themselves would be gone round to the last level.
        string walk = $"walk{parameters.Parameters.Count}";
        return $"""
            (TraceId, SpanId) IN (
              SELECT reinterpretAsFixedString(t), reinterpretAsFixedString(s) FROM (
                WITH RECURSIVE {walk} AS (
                  SELECT reinterpretAsUInt128(TraceId) AS t, reinterpretAsUInt64(SpanId) AS s, reinterpretAsUInt64(ParentSpanId) AS p, [s] AS met, toUInt8(0) AS found
                  FROM spans WHERE {below}
                  UNION ALL
                  SELECT DISTINCT {walk}.t, {walk}.s, e.p, arrayPushBack({walk}.met, e.s), e.a
                  FROM (SELECT span.1 AS t, span.2 AS s, span.3 AS p, span.4 AS a FROM (SELECT arrayJoin((
                    SELECT arrayZip(groupArray(reinterpretAsUInt128(TraceId)), groupArray(reinterpretAsUInt64(SpanId)), groupArray(reinterpretAsUInt64(ParentSpanId)), groupArray(toUInt8({ancestor})))
                    FROM spans WHERE {candidates})) AS span)) AS e
                  JOIN {walk} ON e.t = {walk}.t AND e.s = {walk}.p
                  WHERE {walk}.found = 0 AND NOT has({walk}.met, e.s) AND length({walk}.met) < {MaxDepth}
                )
                SELECT t, s FROM {walk} WHERE found))
            """;
    }
}
