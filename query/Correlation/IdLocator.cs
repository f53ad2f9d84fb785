using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Correlation;

/// <summary>Finds when the records that carry an id happened and whose they are, from the few narrow columns that say so.</summary>
internal sealed class IdLocator(IQueryEngine engine, QueryOptions options)
{
    /// <summary>The traces of the spans that have this id; none where no such span is stored.</summary>
    public async Task<IReadOnlyList<string>> TracesOfSpansAsync(IdSpellings spellings, TimeRange? range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string? isSpan = CorrelationCondition.Is(parameters, "SpanId", spellings.SpanIds).FirstOrDefault();
        if (isSpan is null)
        {
            return [];
        }

        string sql = $"""
            SELECT DISTINCT lower(hex(TraceId)) AS TraceIdHex
            FROM spans
            WHERE {isSpan}{Within(parameters, range)}
            LIMIT {parameters.Add((ulong)CorrelationLimits.MaxTraces)}
            """;
        IReadOnlyList<ResultBlock> blocks =
            await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block["TraceIdHex"].GetString(row)))];
    }

    public async Task<LocatedRecords> LocateAsync(
        SearchSignal signal, IdConditions conditions, RelatedIds related, CancellationToken cancellationToken)
    {
        var located = new LocatedRecords(signal);
        SqlStatement statement = Statement(signal, conditions);
        await using QueryResult result = await engine.QueryAsync(statement, cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                located.Add(block, related);
            }
        }

        located.Statistics = result.Statistics;
        located.IsCut = located.Times.Count >= CorrelationLimits.MaxCounted;
        located.IsTimedOut = !located.IsCut && located.Statistics.Elapsed >= options.MaxExecutionTime;
        return located;
    }

    /// <summary>All rows of a table, and when they begin and end: what the engine knows of its parts without reading them.</summary>
    public async Task<(long Rows, TimeRange Range)> ExtentAsync(SearchSignal signal, TimeRange? range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT count() AS Count, toUnixTimestamp64Nano(min(Timestamp)) AS FirstNs, toUnixTimestamp64Nano(max(Timestamp)) AS LastNs
            FROM {TableOf(signal)}
            WHERE true{Within(parameters, range)}
            """;
        ResultBlock block = (await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))[0];
        return ((long)block["Count"].GetUInt64(0), new TimeRange(block["FirstNs"].GetInt64(0), block["LastNs"].GetInt64(0) + 1));
    }

    /// <summary>About how many records carry an id that is too frequent to count them: as many as there are in what had to be read to find the first.</summary>
    public async Task<long> EstimateAsync(SearchSignal signal, IdConditions conditions, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT count() AS Count
            FROM (
              SELECT 1
              FROM {TableOf(signal)}
              WHERE {CorrelationCondition.Any(conditions.Of(signal, parameters))}{Within(parameters, conditions.Range)}
              LIMIT {parameters.Add((ulong)CorrelationLimits.MaxCounted)})
            """;

        // A result of one row, because only then the engine tells how much it read.
        long count = 0;
        await using QueryResult result = await engine.QueryAsync(new SqlStatement(sql, parameters.Parameters, CountingSettings), cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            count = block.RowCount > 0 ? (long)block["Count"].GetUInt64(0) : count;
        }

        (long rows, _) = await ExtentAsync(signal, conditions.Range, cancellationToken);
        return Math.Max(count, (long)((double)count * rows / Math.Max(result.Statistics.RowsRead, 1)));
    }

    public static string TableOf(SearchSignal signal) => signal == SearchSignal.Logs ? "logs" : "spans";

    public static string Within(ParameterBag parameters, TimeRange? range) =>
        range is { } bounds ? $" AND {SearchCompiler.TimeCondition(parameters, bounds)}" : "";

    /// <summary>
    /// A part for each condition, so that each reads the column of its own index and no granule that only another index lets through; a record that
    /// meets several is in the first of them.
    /// </summary>
    internal static SqlStatement Statement(SearchSignal signal, IdConditions conditions)
    {
        var parameters = new ParameterBag();
        IReadOnlyList<string> places = conditions.Of(signal, parameters);
        string within = Within(parameters, conditions.Range);
        string isError = signal == SearchSignal.Spans
            ? "StatusCode = 'error'"
            : $"(SeverityNumber >= 17 OR (SeverityNumber = 0 AND has({parameters.Add(Severity.NamesBetween(17, 24))}, lower(SeverityText))))";
        IEnumerable<string> parts = places.Select((place, i) => $"""
            SELECT toUnixTimestamp64Nano(Timestamp) AS TimestampNs, ServiceName, {isError} AS IsError, lower(hex(TraceId)) AS TraceIdHex, CorrelationIds
            FROM {TableOf(signal)}
            WHERE {place}{(i == 0 ? "" : $" AND NOT ({string.Join(" OR ", places.Take(i))})")}{within}
            """);
        string sql = $"""
            SELECT *
            FROM ({string.Join("\nUNION ALL\n", parts)})
            LIMIT {parameters.Add((ulong)CorrelationLimits.MaxCounted)}
            """;
        return new SqlStatement(sql, parameters.Parameters, CountingSettings);
    }

    /// <summary>What was found in time is an answer, so the limit on time ends the statement and not the question.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> CountingSettings { get; } = [.. QueryLimits.Settings, new("timeout_overflow_mode", "break")];
}
