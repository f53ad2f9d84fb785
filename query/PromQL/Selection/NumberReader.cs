using Observe.Query.PromQL.Evaluation;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads one number of each point: a gauge's or sum's value, a histogram's count or sum.</summary>
internal sealed class NumberReader(PointBlocks points)
{
    /// <summary>Samples that are in memory at once, 800 MB: Prometheus's own limit.</summary>
    private const long MaxSamples = 50_000_000;

    /// <param name="table">Of the points.</param>
    /// <param name="value">The number, in SQL.</param>
    /// <param name="range">Which points.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples of each series, by the places that <paramref name="range"/> gives them.</returns>
    public async Task<Samples<double>[]> ReadAsync(string table, string value, PointRange range, CancellationToken cancellationToken)
    {
        Samples<double>[] samples = [.. Enumerable.Range(0, range.Series.Count).Select(_ => new Samples<double>())];
        (string columns, string group) = range.Samples.IsLatestOnly
            ? ($"SeriesId, toUnixTimestamp64Milli(max(Timestamp)) AS Milliseconds, argMax({value}, Timestamp) AS Number", "GROUP BY SeriesId")
            : ($"SeriesId, toUnixTimestamp64Milli(Timestamp) AS Milliseconds, {value} AS Number", "");
        long rows = 0;
        await foreach (ResultBlock block in points.ReadAsync(table, columns, range, group, cancellationToken))
        {
            if (rows > MaxSamples)
            {
                throw new PromQLEvaluationException(
                    $"{range.Metric} has more than {MaxSamples} points in the {(range.Samples.To - range.Samples.From) / PromQLTime.Second} s that are looked at together: select fewer series, or a shorter range.");
            }

            Add(block, range, samples);
            rows += block.RowCount;
        }

        foreach (Samples<double> one in samples)
        {
            one.Sort();
        }

        return samples;
    }

    private static void Add(ResultBlock block, PointRange range, Samples<double>[] samples)
    {
        ResultColumn ids = block["SeriesId"], times = block["Milliseconds"], numbers = block["Number"];
        var finder = new SeriesFinder(range.Series);
        for (int row = 0; row < block.RowCount; row++)
        {
            int place = finder.Find(ids.GetUInt64(row));
            if (place >= 0)
            {
                samples[place].Add(PromQLTime.FromMilliseconds(times.GetInt64(row)), numbers.GetFloat64(row));
            }
        }
    }
}
