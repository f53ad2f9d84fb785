using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Traces;

/// <summary>Asks the engine for a trace's figures, where it has more spans than are returned.</summary>
internal static class TraceTotalsReader
{
    public static async Task<TraceTotals> ReadAsync(
        IQueryEngine engine, string traceId, (long From, long To) range, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<ResultBlock>> services = QueryAsync(
            engine,
            """
            SELECT ServiceName, count() AS Spans, countIf(StatusCode = 'error') AS Errors, countIf(ParentSpanId = toFixedString('', 8)) AS Roots,
              toUnixTimestamp64Nano(min(Timestamp)) AS FirstNs, max(toUnixTimestamp64Nano(Timestamp) + greatest(DurationNs, 0)) AS LastNs
            """,
            "GROUP BY ServiceName",
            traceId, range, cancellationToken);
        Task<IReadOnlyList<ResultBlock>> parents = QueryAsync(
            engine,
            """
            SELECT arrayMap(id -> lower(hex(id)),
              arrayFilter(id -> id != toFixedString('', 8), arrayExcept(groupUniqArray(ParentSpanId), groupUniqArray(SpanId)))) AS Missing
            """,
            "",
            traceId, range, cancellationToken);
        await Task.WhenAll(services, parents);

        var counts = new List<TraceServiceCount>();
        (long start, long end, long roots) = (long.MaxValue, long.MinValue, 0);
        foreach (ResultBlock block in await services)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                counts.Add(new TraceServiceCount(
                    block["ServiceName"].GetString(row), (long)block["Spans"].GetUInt64(row), (long)block["Errors"].GetUInt64(row)));
                start = Math.Min(start, block["FirstNs"].GetInt64(row));
                end = Math.Max(end, block["LastNs"].GetInt64(row));
                roots += (long)block["Roots"].GetUInt64(row);
            }
        }

        var missing = (object?[])(await parents)[0]["Missing"].GetValue(0)!;
        return new TraceTotals(
            start, end, [.. counts.OrderBy(service => service.Name, StringComparer.Ordinal)], roots,
            missing.Select(id => (string)id!).ToHashSet(StringComparer.Ordinal));
    }

    private static Task<IReadOnlyList<ResultBlock>> QueryAsync(
        IQueryEngine engine, string select, string groupBy, string traceId, (long From, long To) range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            {select}
            FROM spans
            WHERE {TraceCondition.Of(parameters, traceId, range)}
            {groupBy}
            """;
        return engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
    }
}
