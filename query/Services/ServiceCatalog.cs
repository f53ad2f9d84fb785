using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Services;

/// <inheritdoc cref="IServiceCatalog"/>
internal sealed class ServiceCatalog(IQueryEngine engine, TimeProvider time) : IServiceCatalog
{
    public async Task<IReadOnlyList<ServiceSummary>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("services", time, range: range);
        Task<IReadOnlyList<ResultBlock>> spans = QueryAsync(
            """
            SELECT ServiceName,
              countIf(Kind IN ('server', 'consumer')) AS Entries, countIf(Kind IN ('server', 'consumer') AND StatusCode = 'error') AS EntryErrors,
              quantilesIf(0.5, 0.95, 0.99)(DurationNs, Kind IN ('server', 'consumer')) AS EntryQuantiles,
              count() AS Spans, countIf(StatusCode = 'error') AS SpanErrors, quantiles(0.5, 0.95, 0.99)(DurationNs) AS SpanQuantiles
            FROM spans
            """,
            range, cancellationToken);
        Task<IReadOnlyList<ResultBlock>> logs = QueryAsync("SELECT ServiceName, count() AS Logs FROM logs", range, cancellationToken);
        await Task.WhenAll(spans, logs);

        var services = new SortedDictionary<string, ServiceSummary>(StringComparer.Ordinal);
        foreach ((ResultBlock block, int row) in Rows(await spans))
        {
            ServiceSummary service = FromSpans(block, row);
            services[service.Name] = service;
        }

        foreach ((ResultBlock block, int row) in Rows(await logs))
        {
            string name = block["ServiceName"].GetString(row);
            long count = (long)block["Logs"].GetUInt64(row);
            services[name] = services.TryGetValue(name, out ServiceSummary? service)
                ? service with { Logs = count }
                : new ServiceSummary(name, 0, 0, count, null, null, null);
        }

        return [.. services.Values];
    }

    private static ServiceSummary FromSpans(ResultBlock block, int row)
    {
        bool hasEntries = block["Entries"].GetUInt64(row) > 0;
        var quantiles = (object?[])block[hasEntries ? "EntryQuantiles" : "SpanQuantiles"].GetValue(row)!;
        return new ServiceSummary(
            block["ServiceName"].GetString(row),
            (long)block[hasEntries ? "Entries" : "Spans"].GetUInt64(row),
            (long)block[hasEntries ? "EntryErrors" : "SpanErrors"].GetUInt64(row),
            Logs: 0,
            (double)quantiles[0]!, (double)quantiles[1]!, (double)quantiles[2]!);
    }

    private Task<IReadOnlyList<ResultBlock>> QueryAsync(string select, TimeRange range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"{select}\nWHERE {SearchCompiler.TimeCondition(parameters, range)}\nGROUP BY ServiceName";
        return engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
    }

    private static IEnumerable<(ResultBlock Block, int Row)> Rows(IReadOnlyList<ResultBlock> blocks) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (block, row)));
}
