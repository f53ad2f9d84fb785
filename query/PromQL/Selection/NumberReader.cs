using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads one number of each point: a gauge's or sum's value, a histogram's count or sum.</summary>
internal sealed class NumberReader(PointBlocks points)
{
    /// <param name="table">Of the points.</param>
    /// <param name="value">The number, in SQL: a Float64.</param>
    /// <param name="range">Which points.</param>
    /// <param name="memory">Where samples are kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples of each series, by the places that <paramref name="range"/> gives them.</returns>
    public async Task<Samples<double>[]> ReadAsync(string table, string value, PointRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        using SeriesScan scan = range.Samples.IsLatestOnly ? new LatestScan(range, memory) : new SampleScan(range, memory);
        await points.ScanAsync(table, $"SeriesId, toUnixTimestamp64Milli(Timestamp), {value}", range, scan, cancellationToken);
        return scan.Build();
    }
}
