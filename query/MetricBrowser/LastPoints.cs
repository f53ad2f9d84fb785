using Observe.Query.Execution;
using Observe.Query.PromQL.Selection;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.MetricBrowser;

/// <summary>Finds when metrics had their latest points.</summary>
/// <remarks>
/// The key of the points' tables begins with a quarter of an hour and the metric, so a short stretch of some metrics is little to read, while the latest point of a metric that
/// ended some time ago is found by reading all of it. A list looks back for a quarter of an hour, some intervals of any exporter; what is older has its day.
/// </remarks>
internal sealed class LastPoints(IQueryEngine engine)
{
    private const long StretchNs = 900_000_000_000;

    /// <summary>The stretch in which a list looks for points: the last full quarter of an hour of what has happened of the range, and what has begun of the next.</summary>
    public static TimeRange Recent(TimeRange range, TimeProvider time)
    {
        long end = Math.Min(range.To, Math.Max(range.From, TimeExpression.Now(time)));
        long start = end - (end % StretchNs) - StretchNs;
        return new TimeRange(Math.Max(0, start), range.To);
    }

    /// <summary>The names that one metric of a list alone has: their points need not be told apart by series, which is several times as much work.</summary>
    public static IReadOnlySet<string> Alone(MetricsRequest request, IReadOnlyList<MetricEntry> entries)
    {
        if (request.Service is not null || request.Type is MetricType.Gauge or MetricType.Sum)
        {
            // The list does not have what else is in the table.
            return new HashSet<string>();
        }

        return entries
            .GroupBy(entry => entry.Metric.Name, StringComparer.Ordinal)
            .Where(metrics => metrics.Count() == 1)
            .Select(metrics => metrics.Key)
            .Except([entries[0].Metric.Name, entries[^1].Metric.Name]) // of which the list may have been cut
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="metrics">Of which the points are looked for.</param>
    /// <param name="alone">Names that are told apart by themselves.</param>
    /// <param name="service">Whose points count; null for all.</param>
    /// <param name="range">Where they are looked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The time in Unix nanoseconds of those that have a point there.</returns>
    public async Task<IReadOnlyDictionary<MetricIdentity, long>> ReadAsync(
        IEnumerable<MetricIdentity> metrics, IReadOnlySet<string> alone, string? service, TimeRange range, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<MetricIdentity, long>();
        foreach (IGrouping<(string Table, bool IsAlone), MetricIdentity> group in metrics.GroupBy(metric => (metric.Type.PointTable(), alone.Contains(metric.Name))))
        {
            IEnumerable<string> names = group.Select(metric => metric.Name).Distinct(StringComparer.Ordinal);
            if (group.Key.IsAlone)
            {
                var byName = group.ToDictionary(metric => metric.Name, StringComparer.Ordinal);
                await AddAsync(MetricStatements.LastPointsByName(group.Key.Table, names, range), (block, row) => byName[block["MetricName"].GetString(row)]);
            }
            else
            {
                await AddAsync(MetricStatements.LastPointsByMetric(group.Key.Table, names, service, range), MetricIdentity.Of);
            }
        }

        return latest;

        async Task AddAsync(SqlStatement statement, Func<ResultBlock, int, MetricIdentity> metricOf)
        {
            foreach (ResultBlock block in await engine.QueryAllAsync(statement, cancellationToken))
            {
                for (int row = 0; row < block.RowCount; row++)
                {
                    latest[metricOf(block, row)] = block["LatestNs"].GetInt64(row);
                }
            }
        }
    }
}
