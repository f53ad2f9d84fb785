using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The series of each metric with their labels.</summary>
/// <remarks>
/// Labels are wide and the same in every query, so they are kept, by metric, until a series is added; where several processes write they are read each time.
/// </remarks>
internal sealed class SeriesIndex(IStorageEngine storage, IQueryEngine engine, References references)
{
    /// <summary>About a kilobyte each. Beyond it the index starts anew with the metrics that are asked for next.</summary>
    private const int MaxSeries = 300_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ExposedName, IReadOnlyList<MetricSeries>> _known = [];
    private long? _state;
    private int _count;

    /// <summary>All series that a name means, whenever they were seen, each with labels of its own; by their ids, ascending.</summary>
    public async Task<IReadOnlyList<MetricSeries>> OfAsync(ExposedName name, CancellationToken cancellationToken) => (await OfAsync([name], cancellationToken))[name];

    /// <summary>The same of several names at once: what is not known of them is read by one statement.</summary>
    public async Task<IReadOnlyDictionary<ExposedName, IReadOnlyList<MetricSeries>>> OfAsync(IReadOnlyCollection<ExposedName> names, CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount("metric_series");
        var found = new Dictionary<ExposedName, IReadOnlyList<MetricSeries>>(names.Count);
        lock (_lock)
        {
            foreach (ExposedName name in names)
            {
                if (state is not null && state == _state && _known.TryGetValue(name, out IReadOnlyList<MetricSeries>? known))
                {
                    found[name] = known;
                }
            }
        }

        ExposedName[] missing = [.. names.Where(name => !found.ContainsKey(name)).Distinct()];
        if (missing.Length > 0)
        {
            ILookup<ExposedName, MetricSeries> read = await ReadAsync(missing, cancellationToken);
            foreach (ExposedName name in missing)
            {
                found[name] = Distinct([.. read[name]]);
                Keep(state, name, found[name]);
            }
        }

        return found;
    }

    private void Keep(long? state, ExposedName name, IReadOnlyList<MetricSeries> series)
    {
        lock (_lock)
        {
            if (state is null || state < _state)
            {
                return;
            }

            if (state != _state || _count + series.Count > MaxSeries)
            {
                _known.Clear();
                _count = 0;
                _state = state;
            }

            if (_known.TryAdd(name, series))
            {
                _count += series.Count;
            }
        }
    }

    private async Task<ILookup<ExposedName, MetricSeries>> ReadAsync(IReadOnlyCollection<ExposedName> names, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic, SeriesId, toInt8(Temporality) AS TemporalityNumber, ResourceId, ScopeId, ScopeName, Attributes
            FROM metric_series
            WHERE MetricName IN (SELECT arrayJoin({parameters.Add(names.Select(name => name.Metric.Name).Distinct())}))
            ORDER BY SeriesId
            LIMIT 1 BY SeriesId
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> resources = await references.Resources.GetAsync(Ids(blocks, "ResourceId"), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> scopes = await references.Scopes.GetAsync(Ids(blocks, "ScopeId"), cancellationToken);
        ILookup<MetricIdentity, ExposedName> wanted = names.ToLookup(name => name.Metric);
        var series = new List<(ExposedName Name, MetricSeries Series)>();
        foreach (ResultBlock block in blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                // Metrics of one name with other units or types are other metrics.
                foreach (ExposedName name in wanted[MetricIdentity.Of(block, row)])
                {
                    series.Add((name, Read(block, row, name, resources, scopes)));
                }
            }
        }

        return series.ToLookup(one => one.Name, one => one.Series);
    }

    private static MetricSeries Read(
        ResultBlock block, int row, ExposedName name,
        IReadOnlyDictionary<ulong, ReferencedAttributes> resources, IReadOnlyDictionary<ulong, ReferencedAttributes> scopes)
    {
        const int Delta = 1;
        var attributes = (IReadOnlyDictionary<string, object?>)block["Attributes"].GetValue(row)!;
        IReadOnlyDictionary<string, object?> resource = resources[block["ResourceId"].GetUInt64(row)].Attributes;
        string scopeVersion = scopes[block["ScopeId"].GetUInt64(row)].Version;
        return new MetricSeries(
            block["SeriesId"].GetUInt64(row), block["TemporalityNumber"].GetInt64(row) == Delta,
            SeriesLabels.Of(name, attributes, resource, block["ScopeName"].GetString(row), scopeVersion));
    }

    /// <summary>
    /// Series that only attributes of their resources tell apart which are no labels, such as those of two processes without an instance id, get a label that does.
    /// </summary>
    private static IReadOnlyList<MetricSeries> Distinct(IReadOnlyList<MetricSeries> series)
    {
        var counts = new Dictionary<Labels, int>(series.Count);
        foreach (MetricSeries one in series)
        {
            counts[one.Labels] = counts.GetValueOrDefault(one.Labels) + 1;
        }

        return counts.Count == series.Count ? series
            : [.. series.Select(one => counts[one.Labels] == 1 ? one : one with { Labels = one.Labels.With("otel_series_id", one.Id.ToString("x16", CultureInfo.InvariantCulture)) })];
    }

    private static IEnumerable<ulong> Ids(IReadOnlyList<ResultBlock> blocks, string column) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block[column].GetUInt64(row)));
}
