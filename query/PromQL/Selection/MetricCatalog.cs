using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Selection.Targets;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>All metrics that are stored, by the names that PromQL can ask for them by.</summary>
/// <remarks>Kept until a series is added. Where several processes write it is read each time.</remarks>
internal sealed class MetricCatalog(IStorageEngine storage, IQueryEngine engine)
{
    private readonly Lock _lock = new();
    private (long State, Contents Contents)? _known;

    /// <summary>What a selector's conditions on the name leave of all names.</summary>
    public async Task<IReadOnlyList<ExposedName>> FindAsync(LabelMatchers matchers, CancellationToken cancellationToken)
    {
        ILookup<string, ExposedName> names = (await ContentsAsync(cancellationToken)).Names;
        if (matchers.ExactName is { } exact)
        {
            return matchers.MatchName(exact) ? [.. names[exact]] : [];
        }

        // Whoever does not say which form of the names is meant gets each metric once.
        return [.. names.Where(group => matchers.MatchName(group.Key)).SelectMany(group => group).Where(name => name.IsTranslated)];
    }

    /// <summary>What is said of each metric, each thing once.</summary>
    public async Task<IReadOnlyList<MetricDescription>> DescriptionsAsync(CancellationToken cancellationToken) => (await ContentsAsync(cancellationToken)).Descriptions;

    /// <summary>The metrics of which a series was seen on one of the days.</summary>
    public async Task<IReadOnlySet<MetricIdentity>> SeenAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic
            FROM metric_series
            WHERE {days.Condition(parameters)}
            GROUP BY MetricName, Unit, Type, IsMonotonic
            """;
        return (await ReadAsync(sql, parameters, MetricIdentity.Of, cancellationToken)).ToHashSet();
    }

    private async Task<Contents> ContentsAsync(CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount("metric_series");
        lock (_lock)
        {
            if (_known is { } known && known.State == state)
            {
                return known.Contents;
            }
        }

        Contents contents = Contents.Of(await DescribedAsync(cancellationToken));
        lock (_lock)
        {
            _known = state is { } read ? (read, contents) : null;
        }

        return contents;
    }

    private Task<IReadOnlyList<MetricDescription>> DescribedAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic, toInt8(Temporality) AS TemporalityNumber, Description
            FROM metric_series
            GROUP BY MetricName, Unit, Type, IsMonotonic, Temporality, Description
            """;
        return ReadAsync(
            Sql, new ParameterBag(),
            (block, row) => new MetricDescription(MetricIdentity.Of(block, row), (MetricTemporality)block["TemporalityNumber"].GetInt64(row), block["Description"].GetString(row)),
            cancellationToken);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, ParameterBag parameters, Func<ResultBlock, int, T> read, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => read(block, row)))];
    }

    /// <param name="Names">Each name with what it means: usually one thing, several where metrics of one name differ in unit or type.</param>
    private sealed record Contents(ILookup<string, ExposedName> Names, IReadOnlyList<MetricDescription> Descriptions)
    {
        public static Contents Of(IReadOnlyList<MetricDescription> stored)
        {
            IReadOnlyList<MetricDescription> all = stored.Count == 0 ? stored : [.. stored, TargetInfo.Description];
            return new Contents(
                all.Select(description => description.Metric).Distinct().SelectMany(ExposedName.Of).ToLookup(name => name.Name, StringComparer.Ordinal), all);
        }
    }
}
