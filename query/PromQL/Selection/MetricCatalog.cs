using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>All metrics that are stored, by the names that PromQL can ask for them by.</summary>
/// <remarks>Kept until a series is added. Where several processes write it is read each time.</remarks>
internal sealed class MetricCatalog(IStorageEngine storage, IQueryEngine engine)
{
    private readonly Lock _lock = new();
    private (long State, ILookup<string, ExposedName> Names)? _known;

    /// <summary>Each name with what it means: usually one thing, several where metrics of one name differ in unit or type.</summary>
    public async Task<ILookup<string, ExposedName>> NamesAsync(CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount("metric_series");
        lock (_lock)
        {
            if (_known is { } known && known.State == state)
            {
                return known.Names;
            }
        }

        ILookup<string, ExposedName> names = (await ReadAsync(cancellationToken)).SelectMany(ExposedName.Of).ToLookup(name => name.Name, StringComparer.Ordinal);
        lock (_lock)
        {
            _known = state is { } read ? (read, names) : null;
        }

        return names;
    }

    private async Task<IReadOnlyList<MetricIdentity>> ReadAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic
            FROM metric_series
            GROUP BY MetricName, Unit, Type, IsMonotonic
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(Sql, [], QueryLimits.Settings), cancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => new MetricIdentity(
            block["MetricName"].GetString(row),
            block["Unit"].GetString(row),
            (MetricType)block["TypeNumber"].GetInt64(row),
            block["IsMonotonic"].GetValue(row) is true)))];
    }
}
