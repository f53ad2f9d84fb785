using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Selection.Targets;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The metrics of which series were seen on some days, by the names that PromQL can ask for them by.</summary>
/// <remarks>Those of some ranges of days are kept until a series is added. Where several processes write they are read each time.</remarks>
internal sealed class MetricCatalog(IStorageEngine storage, IQueryEngine engine, TimeProvider time)
{
    /// <summary>Dashboards ask for few; beyond it the catalogue starts anew.</summary>
    private const int MaxKept = 32;

    /// <summary>Prometheus describes what it scrapes now; this is what is sent now and what was sent of late.</summary>
    private const long DescribedNs = 30 * UnixDay.Nanoseconds;

    private readonly Lock _lock = new();
    private readonly Dictionary<DayRange, (long State, Contents Contents)> _known = [];

    /// <summary>What a selector's conditions on the name leave of all names.</summary>
    public async Task<IReadOnlyList<ExposedName>> FindAsync(LabelMatchers matchers, DayRange days, CancellationToken cancellationToken)
    {
        ILookup<string, ExposedName> names = (await ContentsAsync(days, cancellationToken)).Names;
        if (matchers.ExactName is { } exact)
        {
            return matchers.MatchName(exact) ? [.. names[exact]] : [];
        }

        // Whoever does not say which form of the names is meant gets each metric once.
        return [.. names.Where(group => matchers.MatchName(group.Key)).SelectMany(group => group).Where(name => name.IsTranslated)];
    }

    /// <summary>The metrics of which a series was seen on one of the days.</summary>
    public async Task<IReadOnlyCollection<MetricIdentity>> SeenAsync(DayRange days, CancellationToken cancellationToken) => (await ContentsAsync(days, cancellationToken)).Stored;

    /// <summary>What is said of each metric of the last month, each thing once.</summary>
    public async Task<IReadOnlyList<MetricDescription>> DescriptionsAsync(CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        var days = DayRange.Of(TimeExpression.Now(time) - DescribedNs, null);
        string sql = $"""
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic, toInt8(Temporality) AS TemporalityNumber, Description
            FROM {SeriesRows.Table}
            WHERE {days.Condition(parameters)}
            GROUP BY MetricName, Unit, Type, IsMonotonic, Temporality, Description
            """;
        Answer answer = await engine.AskAsync(
            new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings),
            DataScope.Of(SearchSignal.Metrics, new TimeRange(UnixDay.Start(days.First), long.MaxValue)), cancellationToken);
        MetricDescription[] stored = Rows(answer.Blocks, (block, row) => new MetricDescription(
            MetricIdentity.Of(block, row), (MetricTemporality)block["TemporalityNumber"].GetInt64(row), block["Description"].GetString(row)));
        return stored.Length == 0 ? stored : [.. stored, TargetInfo.Description];
    }

    private async Task<Contents> ContentsAsync(DayRange days, CancellationToken cancellationToken)
    {
        long? state = storage.InsertCount(SeriesRows.Table);
        lock (_lock)
        {
            if (_known.TryGetValue(days, out (long State, Contents Contents) known) && known.State == state)
            {
                return known.Contents;
            }
        }

        Contents contents = Contents.Of(await ReadAsync(days, cancellationToken));
        if (state is { } read)
        {
            lock (_lock)
            {
                if (_known.Count >= MaxKept && !_known.ContainsKey(days))
                {
                    _known.Clear();
                }

                _known[days] = (read, contents);
            }
        }

        return contents;
    }

    private async Task<MetricIdentity[]> ReadAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic
            FROM {SeriesRows.Table}
            WHERE {days.Condition(parameters)}
            GROUP BY MetricName, Unit, Type, IsMonotonic
            """;
        return Rows(await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken), MetricIdentity.Of);
    }

    private static T[] Rows<T>(IReadOnlyList<ResultBlock> blocks, Func<ResultBlock, int, T> read) =>
        [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => read(block, row)))];

    /// <param name="Stored">The metrics.</param>
    /// <param name="Names">Each name with what it means: usually one thing, several where metrics of one name differ in unit or type.</param>
    private sealed record Contents(MetricIdentity[] Stored, ILookup<string, ExposedName> Names)
    {
        public static Contents Of(MetricIdentity[] stored)
        {
            IEnumerable<MetricIdentity> all = stored.Length == 0 ? stored : stored.Append(TargetInfo.Metric);
            return new Contents(stored, all.SelectMany(ExposedName.Of).ToLookup(name => name.Name, StringComparer.Ordinal));
        }
    }
}
