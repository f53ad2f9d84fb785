using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Cardinality;

/// <summary>What ingest refused of metrics because of limits, whichever process it was.</summary>
/// <remarks>Nearly always nothing. That there is nothing at all is remembered until something is added, so that questions about metrics need not ask.</remarks>
internal sealed class MetricRefusals(IStorageEngine storage, IQueryEngine engine)
{
    private const string Table = "metric_refusals";
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long Never = -1;

    /// <summary>The number of inserts after which the table was found empty.</summary>
    private long _emptyAt = Never;

    /// <summary>The refusals of points whose times lie in the range, minutes being whole, by metric and attribute.</summary>
    /// <param name="range">Of the points' own times.</param>
    /// <param name="metrics">Only these; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<MetricRefusal>> InAsync(TimeRange range, IReadOnlyCollection<string>? metrics, CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount(Table);
        if (state is { } inserts && inserts == Volatile.Read(ref _emptyAt))
        {
            return [];
        }

        IReadOnlyList<MetricRefusal> found = await ReadAsync(range, metrics, cancellationToken);
        if (found.Count == 0 && state is { } empty
            && (await engine.QueryAllAsync(new SqlStatement($"SELECT 1 FROM {Table} LIMIT 1"), cancellationToken)).Count == 0)
        {
            Volatile.Write(ref _emptyAt, empty);
        }

        return found;
    }

    private async Task<IReadOnlyList<MetricRefusal>> ReadAsync(TimeRange range, IReadOnlyCollection<string>? metrics, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string ofMetrics = metrics is null ? "" : $" AND has({parameters.Add(metrics)}, MetricName)";
        string sql = $"""
            SELECT MetricName, AttributeKey, sum(Points) AS PointSum
            FROM {Table}
            WHERE Minute >= toStartOfMinute({Time(parameters, range.From)}) AND Minute < {Time(parameters, range.To + NanosecondsPerSecond - 1)}{ofMetrics}
            GROUP BY MetricName, AttributeKey
            ORDER BY MetricName, AttributeKey
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => new MetricRefusal(
            block["MetricName"].GetString(row), block["AttributeKey"].GetString(row), (long)block["PointSum"].GetUInt64(row))))];
    }

    /// <summary>A time as the column has it: whole seconds in 32 bits.</summary>
    private static string Time(ParameterBag parameters, long nanoseconds) =>
        $"toDateTime({parameters.Add(Math.Clamp(nanoseconds / NanosecondsPerSecond, 0, uint.MaxValue))}, 'UTC')";
}
