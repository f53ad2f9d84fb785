using Observe.Query.PromQL.Evaluation;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads the quantiles of summaries: a series for each.</summary>
internal sealed class SummaryReader(PointBlocks points)
{
    /// <param name="series">The series that are wanted.</param>
    /// <param name="range">Which points.</param>
    /// <param name="isWanted">Whether the labels of a quantile's series match what was asked for.</param>
    /// <param name="memory">Counts the samples.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SampledSeries>> ReadAsync(
        IReadOnlyList<MetricSeries> series, PointRange range, Func<Labels, bool> isWanted, SampleMemory memory, CancellationToken cancellationToken)
    {
        var parts = new PartSamples(series, new SampleBound(range, memory), MetricViews.Level, isWanted);
        const string Columns = """
            SeriesId, toUnixTimestamp64Milli(Timestamp) AS Milliseconds, Flags % 2 = 1 AS IsMissing, Quantiles, Values
            """;
        await foreach (ResultBlock block in points.ReadAsync("summary_points", Columns, range, cancellationToken))
        {
            ResultColumn ids = block["SeriesId"];
            var finder = new SeriesFinder(range.Series);
            for (int row = 0; row < block.RowCount; row++)
            {
                if (finder.Find(ids.GetUInt64(row)) is >= 0 and int place)
                {
                    Add(block, row, place, parts);
                }
            }
        }

        return parts.Build();
    }

    private static void Add(ResultBlock block, int row, int place, PartSamples parts)
    {
        long time = PromQLTime.FromMilliseconds(block["Milliseconds"].GetInt64(row));
        bool isMissing = block["IsMissing"].GetUInt64(row) == 1;
        double[] quantiles = block["Quantiles"].GetFloat64Array(row), values = block["Values"].GetFloat64Array(row);
        for (int i = 0; i < quantiles.Length; i++)
        {
            parts.Add(place, quantiles[i], time, isMissing ? StaleMarker.Value : values[i]);
        }
    }
}
