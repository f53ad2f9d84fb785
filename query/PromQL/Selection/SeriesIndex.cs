using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The series of each metric with their labels, by the days on which they were seen.</summary>
/// <remarks>
/// <code>
/// names, days ──► SeriesCache: nothing was added since ──────────────────────────────► series
///                    │ else
///                    └──► ids that were seen, a number each ──► labels of those not known ──► SeriesCache
/// </code>
/// Labels are wide and the same in every query, so they are read once. Pods come and go: the series of a day are as many as it had, those of all days grow without end.
/// </remarks>
internal sealed class SeriesIndex(IStorageEngine storage, IQueryEngine engine, References references, IOptions<QueryOptions> options)
{
    /// <summary>Series whose labels are read by one statement, of as many metrics as they are.</summary>
    private const int ReadAtOnce = 50_000;

    /// <summary>Of more it is quicker to read all of a metric.</summary>
    private const int MaxListed = 1_000;

    private const string Identity = "MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic";

    private readonly SeriesCache _cache = new(options.Value.MaxSeries);

    /// <summary>Of one metric, on whatever days.</summary>
    public int MaxSeries => options.Value.MaxSeries;

    /// <summary>All series that a name means on some days, each with labels of its own; by their ids, ascending.</summary>
    /// <exception cref="PromQLEvaluationException">They are more than <see cref="MaxSeries"/>.</exception>
    public async Task<IReadOnlyList<MetricSeries>> OfAsync(ExposedName name, DayRange days, CancellationToken cancellationToken)
    {
        await foreach ((_, IReadOnlyList<MetricSeries> series) in OfAsync([name], days, cancellationToken))
        {
            return series;
        }

        return [];
    }

    /// <summary>The same of several names, in any order: as few statements as there can be without too many series in memory.</summary>
    /// <param name="names">Each once.</param>
    /// <param name="days">On which the series were seen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PromQLEvaluationException">Those of one name are more than <see cref="MaxSeries"/>.</exception>
    public async IAsyncEnumerable<(ExposedName Name, IReadOnlyList<MetricSeries> Series)> OfAsync(
        IEnumerable<ExposedName> names, DayRange days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount(SeriesRows.Table);
        var missing = new List<ExposedName>();
        foreach (ExposedName name in names)
        {
            if (_cache.TryGet(name, days, state, out IReadOnlyList<MetricSeries>? known))
            {
                yield return (name, known);
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count == 0)
        {
            yield break;
        }

        IReadOnlyDictionary<MetricIdentity, ulong[]> seen = await SeenAsync(missing, days, cancellationToken);
        foreach (IReadOnlyList<Reading> some in Portions(missing.Select(name => new Reading(name, seen.GetValueOrDefault(name.Metric, []), _cache))))
        {
            await ReadAsync(some, days, cancellationToken);
            foreach (Reading read in some)
            {
                MetricSeries[] stored = [.. read.Series.OfType<MetricSeries>()];
                MetricSeries[] distinct = Distinct(stored);
                _cache.Keep(read.Name, new SeriesCache.Entry(days, state, stored, distinct, read.IsWhole));
                yield return (read.Name, distinct);
            }
        }
    }

    private static IEnumerable<IReadOnlyList<Reading>> Portions(IEnumerable<Reading> readings)
    {
        var some = new List<Reading>();
        int missing = 0;
        foreach (Reading reading in readings)
        {
            some.Add(reading);
            missing += reading.Missing.Length;
            if (missing >= ReadAtOnce)
            {
                yield return some;
                (some, missing) = ([], 0);
            }
        }

        if (some.Count > 0)
        {
            yield return some;
        }
    }

    /// <summary>The ids of each metric's series, ascending.</summary>
    private async Task<IReadOnlyDictionary<MetricIdentity, ulong[]>> SeenAsync(IReadOnlyCollection<ExposedName> names, DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {Identity}, arraySort(groupUniqArray({MaxSeries + 1})(SeriesId)) AS Ids
            FROM {SeriesRows.Table}
            WHERE {OfMetrics(parameters, names)} AND {days.Condition(parameters)}
            GROUP BY MetricName, Unit, Type, IsMonotonic
            """;
        HashSet<MetricIdentity> wanted = [.. names.Select(name => name.Metric)];
        var seen = new Dictionary<MetricIdentity, ulong[]>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                // Metrics of one name with other units or types are other metrics.
                var metric = MetricIdentity.Of(block, row);
                if (wanted.Contains(metric))
                {
                    seen[metric] = block["Ids"].GetUInt64Array(row);
                    Check(metric, seen[metric].Length, days);
                }
            }
        }

        return seen;
    }

    private void Check(MetricIdentity metric, int count, DayRange days)
    {
        if (count > MaxSeries)
        {
            throw new PromQLEvaluationException(
                $"More than {MaxSeries} series of {metric.Name} were seen {days.Phrase()}, and no more can be looked at: ask for fewer days, or let its senders drop the attribute that makes so many, "
                + $"which /api/v1/metrics/cardinality?metric={Uri.EscapeDataString(metric.Name)} tells. Observe:Query:MaxSeries is the limit.");
        }
    }

    /// <summary>Reads the labels that are missing.</summary>
    private async Task ReadAsync(IReadOnlyList<Reading> readings, DayRange days, CancellationToken cancellationToken)
    {
        ulong[] missing = [.. readings.SelectMany(reading => reading.Missing).Distinct()];
        if (missing.Length == 0)
        {
            return;
        }

        var parameters = new ParameterBag();
        string which = missing.Length <= MaxListed ? $"SeriesId IN (SELECT arrayJoin({parameters.Add(missing)}))" : days.Condition(parameters);
        string sql = $"""
            SELECT {Identity}, SeriesId, toInt8(Temporality) AS TemporalityNumber, ResourceId, ScopeId, ScopeName, Attributes
            FROM {SeriesRows.Table}
            WHERE {OfMetrics(parameters, [.. readings.Where(reading => reading.Missing.Length > 0).Select(reading => reading.Name)])} AND {which}
            LIMIT 1 BY SeriesId
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> resources = await references.Resources.GetAsync(Ids(blocks, "ResourceId"), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> scopes = await references.Scopes.GetAsync(Ids(blocks, "ScopeId"), cancellationToken);
        ILookup<MetricIdentity, Reading> byMetric = readings.ToLookup(reading => reading.Name.Metric);
        foreach (ResultBlock block in blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                ReferencedAttributes resource = resources[block["ResourceId"].GetUInt64(row)], scope = scopes[block["ScopeId"].GetUInt64(row)];
                foreach (Reading reading in byMetric[MetricIdentity.Of(block, row)])
                {
                    reading.Add(block, row, resource, scope);
                }
            }
        }
    }

    private static string OfMetrics(ParameterBag parameters, IReadOnlyCollection<ExposedName> names) =>
        $"MetricName IN (SELECT arrayJoin({parameters.Add(names.Select(name => name.Metric.Name).Distinct())}))";

    /// <summary>
    /// Series that only attributes of their resources tell apart which are no labels, such as those of two processes without an instance id, get a label that does.
    /// </summary>
    private static MetricSeries[] Distinct(MetricSeries[] series)
    {
        var counts = new Dictionary<Labels, int>(series.Length);
        foreach (MetricSeries one in series)
        {
            counts[one.Labels] = counts.GetValueOrDefault(one.Labels) + 1;
        }

        return counts.Count == series.Length ? series
            : [.. series.Select(one => counts[one.Labels] == 1 ? one : one.WithId())];
    }

    private static IEnumerable<ulong> Ids(IReadOnlyList<ResultBlock> blocks, string column) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block[column].GetUInt64(row)));

    /// <summary>The series of a name while their labels are read.</summary>
    private sealed class Reading
    {
        private readonly ulong[] _ids;

        public Reading(ExposedName name, ulong[] ids, SeriesCache cache)
        {
            (Name, _ids, Series) = (name, ids, new MetricSeries?[ids.Length]);
            cache.Fill(name, ids, Series);
            Missing = [.. ids.Where((_, place) => Series[place] is null)];
        }

        public ExposedName Name { get; }

        /// <summary>By their ids, ascending; null where their labels are not known.</summary>
        public MetricSeries?[] Series { get; }

        /// <summary>The ids of those.</summary>
        public ulong[] Missing { get; }

        public bool IsWhole { get; private set; } = true;

        public void Add(ResultBlock block, int row, ReferencedAttributes resource, ReferencedAttributes scope)
        {
            const int Delta = 1;
            ulong id = block["SeriesId"].GetUInt64(row);
            int place = Array.BinarySearch(_ids, id);
            if (place < 0 || Series[place] is not null)
            {
                return;
            }

            var attributes = (IReadOnlyDictionary<string, object?>)block["Attributes"].GetValue(row)!;
            Series[place] = new MetricSeries(
                id, block["TemporalityNumber"].GetInt64(row) == Delta,
                SeriesLabels.Of(Name, attributes, resource.Attributes, block["ScopeName"].GetString(row), scope.Version));
            IsWhole &= !ReferenceEquals(resource, ReferencedAttributes.Unknown) && !ReferenceEquals(scope, ReferencedAttributes.Unknown);
        }
    }
}
