using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Services;

/// <inheritdoc cref="IServiceMapReader"/>
/// <remarks>
/// <code>
/// range ──1──► how many spans? ──► all or a sample ──2──► ServiceMapStatement ──► ServiceMapBuilder
/// </code>
/// </remarks>
internal sealed class ServiceMapReader(IQueryEngine engine, TimeProvider time) : IServiceMapReader
{
    public async Task<ServiceMap> GetAsync(TimeRange range, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("service-map", time, range: range);
        long inRange = await CountAsync(range, SpanSample.Of(range, 0), cancellationToken);
        SpanSample sample = SpanSample.Of(range, inRange);
        long read = sample.Way is null ? inRange : await CountAsync(range, sample, cancellationToken);
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(ServiceMapStatement.Of(range, sample), cancellationToken);
        IReadOnlyList<ServiceMapRow> rows = [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => Row(block, row)))];
        (IReadOnlyList<ServiceMapNode> nodes, IReadOnlyList<ServiceMapEdge> edges) =
            ServiceMapBuilder.Build(rows, read == 0 ? 1 : (double)inRange / read);
        return sample.Way is { } way
            ? new ServiceMap(nodes, edges, new ServiceMapSample(inRange, read, way), [Notice(inRange, read, way)])
            : new ServiceMap(nodes, edges, null, []);
    }

    private static string Notice(long inRange, long read, string way) => string.Create(
        CultureInfo.InvariantCulture,
        $"The range has {inRange} spans; the map is made from {read} of them ({way}), and counts are scaled up. Calls that are rare may be missing: take a shorter range to see them.");

    private async Task<long> CountAsync(TimeRange range, SpanSample sample, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"SELECT count() AS Spans FROM spans WHERE {SearchCompiler.TimeCondition(parameters, range)}{sample.Condition(parameters)}";
        IReadOnlyList<ResultBlock> blocks =
            await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return (long)blocks[0]["Spans"].GetUInt64(0);
    }

    private static ServiceMapRow Row(ResultBlock block, int row) => new(
        block["Caller"].GetString(row),
        block["Callee"].GetString(row),
        block["PeerType"].GetString(row) switch
        {
            "database" => ServiceNodeType.Database,
            "messaging" => ServiceNodeType.Messaging,
            _ => ServiceNodeType.External,
        },
        block["PeerSystem"].GetString(row),
        block["PeerName"].GetString(row),
        (long)block["Requests"].GetUInt64(row),
        (long)block["Errors"].GetUInt64(row),
        [.. ((object?[])block["Quantiles"].GetValue(row)!).Select(value => (double)value!)],
        [.. ((object?[])block["Addresses"].GetValue(row)!).Select(value => (string)value!)]);
}
