using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary><c>A >> B</c> and <c>A > B</c>: the condition that a span has an ancestor, or a parent, that another condition selects.</summary>
internal static class BelowCondition
{
    /// <summary>Spans above may have begun before the range: a request an hour long is looked through from its start.</summary>
    private const long AncestorsBeforeNs = 3_600_000_000_000;

    /// <summary>Levels that are gone up from a span. It ends the walk where spans are above themselves; no real trace is as deep.</summary>
    private const int MaxDepth = 500;

    /// <param name="parameters">Takes values.</param>
    /// <param name="range">That of the spans below.</param>
    /// <param name="ancestor">SQL over spans.</param>
    /// <param name="descendant">SQL over spans, which those below must meet; so only their traces are walked.</param>
    /// <param name="isDirect">Whether only a parent counts.</param>
    public static string Compile(ParameterBag parameters, TimeRange range, string ancestor, string descendant, bool isDirect)
    {
        long from = range.From < long.MinValue + AncestorsBeforeNs ? range.From : range.From - AncestorsBeforeNs;
        string above = SearchCompiler.TimeCondition(parameters, new TimeRange(from, range.To));
        string below = $"{SearchCompiler.TimeCondition(parameters, range)} AND {descendant}";
        string candidates = $"{above} AND TraceId IN (SELECT TraceId FROM spans WHERE {below})";
        if (isDirect)
        {
            return $"(TraceId, ParentSpanId) IN (SELECT TraceId, SpanId FROM spans WHERE {candidates} AND {ancestor})";
        }

        // From each span up, level by level, until the ancestor's condition holds. Each level looks through all spans above, so these are read once, as a
        // scalar: an array of numbers (20 M spans, few below: 0.7 s of CPU; from the table at each level 2.3 s). What meets twice on a level is one.
        string walk = $"walk{parameters.Parameters.Count}";
        return $"""
            (TraceId, SpanId) IN (
              SELECT reinterpretAsFixedString(t), reinterpretAsFixedString(s) FROM (
                WITH RECURSIVE {walk} AS (
                  SELECT reinterpretAsUInt128(TraceId) AS t, reinterpretAsUInt64(SpanId) AS s, reinterpretAsUInt64(ParentSpanId) AS p, toUInt16(0) AS depth, toUInt8(0) AS found
                  FROM spans WHERE {below}
                  UNION ALL
                  SELECT DISTINCT {walk}.t, {walk}.s, e.p, toUInt16({walk}.depth + 1), e.a
                  FROM (SELECT span.1 AS t, span.2 AS s, span.3 AS p, span.4 AS a FROM (SELECT arrayJoin((
                    SELECT arrayZip(groupArray(reinterpretAsUInt128(TraceId)), groupArray(reinterpretAsUInt64(SpanId)), groupArray(reinterpretAsUInt64(ParentSpanId)), groupArray(toUInt8({ancestor})))
                    FROM spans WHERE {candidates})) AS span)) AS e
                  JOIN {walk} ON e.t = {walk}.t AND e.s = {walk}.p
                  WHERE {walk}.found = 0 AND {walk}.depth < {MaxDepth}
                )
                SELECT t, s FROM {walk} WHERE found))
            """;
    }
}
