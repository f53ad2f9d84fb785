using System.Text;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Ingest.Cardinality;

/// <summary>Reads which series the engine has of a day.</summary>
internal sealed class StoredSeriesReader(IStorageEngine engine)
{
    /// <summary>Two microseconds a series, here and in the engine together.</summary>
    private static readonly KeyValuePair<string, string>[] Settings = [new("max_execution_time", "120"), new("max_threads", "1")];

    /// <summary>Those of the metrics that are large enough to be watched, or of some metrics.</summary>
    /// <param name="wish">What is wished to be known.</param>
    /// <param name="rules">What series are counted by.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the engine has, and has taken memory for.</returns>
    /// <exception cref="StorageException">The engine failed.</exception>
    public async Task<StoredSeries> ReadAsync(Wish wish, CountingRules rules, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MetricDay>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        bool isWhole = true;
        try
        {
            await using QueryResult result = await engine.QueryAsync(Statement(wish, rules.Limits), cancellationToken);
            while (await result.ReadBlockAsync(cancellationToken) is { } block)
            {
                isWhole &= TryAdd(block, wish.Day.Day, rules, found, missing);
            }

            return new StoredSeries(wish, found, missing, isWhole);
        }
        catch
        {
            foreach (MetricDay metric in found.Values)
            {
                metric.Release();
            }

            throw;
        }
    }

    /// <returns>Whether each metric is found or among the missing.</returns>
    private static bool TryAdd(ResultBlock block, ushort day, CountingRules rules, Dictionary<string, MetricDay> found, HashSet<string> missing)
    {
        bool isWhole = true;
        ResultColumn names = block["MetricName"];
        ResultColumn ids = block["SeriesId"];
        ResultColumn labels = block["Attributes"];
        for (int row = 0; row < block.RowCount; row++)
        {
            string name = names.GetString(row);
            if (!found.TryGetValue(name, out MetricDay? metric))
            {
                if (missing.Contains(name))
                {
                    continue; // memory that came back meanwhile is too late for its first series
                }

                if (MetricDay.TryCreate(Encoding.UTF8.GetBytes(name), day, rules) is not { } created)
                {
                    isWhole &= missing.Count < DayWishes.MaxMetrics && missing.Add(name);
                    continue;
                }

                found.Add(name, metric = created);
                if (!metric.TryWatch())
                {
                    metric.GiveUp();
                }
            }

            if (!metric.IsGivenUp && !metric.TryAddStored(ids.GetUInt64(row), (IEnumerable<KeyValuePair<string, object?>>)labels.GetValue(row)!))
            {
                metric.GiveUp();
            }
        }

        return isWhole;
    }

    private static SqlStatement Statement(in Wish wish, CardinalityLimits limits)
    {
        // A series that was written twice stands there twice until a merge: there are at most so many series as rows.
        string condition = wish.Metrics is null
            ? "MetricName IN (SELECT MetricName FROM metric_series WHERE Day = toDate({day:Int64}) AND length(MetricName) <= {bytes:Int64} GROUP BY MetricName HAVING count() >= {from:UInt64})"
            : "MetricName IN {metrics:Array(String)}";
        string sql = $"""
            SELECT MetricName, SeriesId, Attributes
            FROM metric_series
            WHERE Day = toDate({"{day:Int64}"}) AND {condition}
            """;
        SqlParameter day = SqlParameter.Int64("day", wish.Day.Day);
        return new SqlStatement(
            sql,
            wish.Metrics is { } metrics
                ? [day, SqlParameter.Strings("metrics", metrics)]
                : [day, SqlParameter.Int64("bytes", SeriesMemory.MaxNameBytes), SqlParameter.UInt64("from", (ulong)limits.WatchFrom)],
            Settings);
    }
}
