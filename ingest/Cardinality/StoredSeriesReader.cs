using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Ingest.Cardinality;

/// <summary>Reads which series the engine has of a day.</summary>
internal sealed class StoredSeriesReader(IStorageEngine engine, CardinalityLimits limits)
{
    /// <summary>Two microseconds a series, here and in the engine together.</summary>
    private static readonly KeyValuePair<string, string>[] Settings = [new("max_execution_time", "120"), new("max_threads", "1")];

    /// <summary>Those of the metrics that are large enough to be watched, or of some metrics.</summary>
    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    /// <param name="metrics">Only these, whatever their size; null for all large ones.</param>
    /// <param name="maxEntries">Metrics for which this does not suffice are given up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException">The engine failed.</exception>
    public async Task<IReadOnlyDictionary<string, MetricDay>> ReadAsync(
        ushort day, IReadOnlyCollection<string>? metrics, long maxEntries, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MetricDay>(StringComparer.Ordinal);
        long entries = 0;
        await using QueryResult result = await engine.QueryAsync(Statement(day, metrics), cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            ResultColumn names = block["MetricName"];
            ResultColumn ids = block["SeriesId"];
            ResultColumn labels = block["Attributes"];
            for (int row = 0; row < block.RowCount; row++)
            {
                string name = names.GetString(row);
                if (!found.TryGetValue(name, out MetricDay? metric))
                {
                    found.Add(name, metric = new MetricDay(name, day, limits));
                    metric.Watch();
                }

                if (!metric.IsGivenUp)
                {
                    long before = metric.Entries;
                    metric.AddStored(ids.GetUInt64(row), (IEnumerable<KeyValuePair<string, object?>>)labels.GetValue(row)!);
                    entries += metric.Entries - before;
                    if (entries > maxEntries)
                    {
                        entries -= metric.Entries;
                        metric.GiveUp();
                    }
                }
            }
        }

        return found;
    }

    private SqlStatement Statement(ushort day, IReadOnlyCollection<string>? metrics)
    {
        // A series that was written twice stands there twice until a merge: there are at most so many series as rows.
        string condition = metrics is null
            ? "MetricName IN (SELECT MetricName FROM metric_series WHERE Day = toDate({day:Int64}) GROUP BY MetricName HAVING count() >= {from:UInt64})"
            : "has({metrics:Array(String)}, MetricName)";
        string sql = $"""
            SELECT MetricName, SeriesId, Attributes
            FROM metric_series
            WHERE Day = toDate({"{day:Int64}"}) AND {condition}
            """;
        return new SqlStatement(
            sql,
            [
                SqlParameter.Int64("day", day),
                metrics is null
                    ? SqlParameter.UInt64("from", (ulong)limits.WatchFrom)
                    : SqlParameter.Strings("metrics", metrics),
            ],
            Settings);
    }
}
