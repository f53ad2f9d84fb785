using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Search;
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
            SELECT ServiceName, Kind IN ('server', 'consumer') AS IsEntry, count() AS Spans, countIf(StatusCode = 'error') AS Errors,
              arrayMap(q -> toFloat64(q), quantilesTDigest(0.5, 0.95, 0.99)(DurationNs)) AS Quantiles
            """,
            "spans", "ServiceName, IsEntry", range, cancellationToken);
        Task<IReadOnlyList<ResultBlock>> logs = QueryAsync("SELECT ServiceName, count() AS Logs", "logs", "ServiceName", range, cancellationToken);
        await Task.WhenAll(spans, logs);

        var services = new SortedDictionary<string, ServiceSummary>(StringComparer.Ordinal);
        // A service's entries come last, so that they take the place of its other spans.
        foreach ((ResultBlock block, int row) in Rows(await spans).OrderBy(at => at.Block["IsEntry"].GetUInt64(at.Row)))
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
        var quantiles = (object?[])block["Quantiles"].GetValue(row)!;
        return new ServiceSummary(
            block["ServiceName"].GetString(row),
            (long)block["Spans"].GetUInt64(row),
            (long)block["Errors"].GetUInt64(row),
            Logs: 0,
            (double)quantiles[0]!, (double)quantiles[1]!, (double)quantiles[2]!);
    }

    private async Task<IReadOnlyList<ResultBlock>> QueryAsync(
        string select, string table, string groupBy, TimeRange range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"{select}\nFROM {table}\nWHERE {SearchCompiler.TimeCondition(parameters, range)}\nGROUP BY {groupBy}";
        var statement = new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
        return MayBeAskedAgain(range)
            ? (await engine.AskAsync(statement, new DataScope([table], range), cancellationToken)).Blocks
            : await engine.QueryAllAsync(statement, cancellationToken);
    }

    /// <summary>Whether the range stays the same for a while: one that ends at this very moment is asked once, and would take the place of an answer that is of use.</summary>
    private static bool MayBeAskedAgain(TimeRange range)
    {
        long bin = BinWidths.For(range.To - range.From, QueryLimits.MaxBins);
        return range.From % bin == 0 && range.To % bin == 0;
    }

    private static IEnumerable<(ResultBlock Block, int Row)> Rows(IReadOnlyList<ResultBlock> blocks) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (block, row)));
}
