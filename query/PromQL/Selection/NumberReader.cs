using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads one number of each point: a gauge's or sum's value, a histogram's count or sum.</summary>
internal sealed class NumberReader(PointBlocks points)
{
    /// <param name="table">Of the points.</param>
    /// <param name="value">The number, in SQL: a Float64.</param>
    /// <param name="range">Which points.</param>
    /// <param name="key">What they are read for.</param>
    /// <param name="memory">Where samples are kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples of each series, by the places that <paramref name="range"/> gives them.</returns>
    public async Task<Samples<double>[]> ReadAsync(
        string table, string value, PointRange range, ReadKey key, SampleMemory memory, CancellationToken cancellationToken)
    {
        string columns = $"SeriesId, toUnixTimestamp64Milli(Timestamp), {value}";
        if (range.Samples.IsLatestOnly)
        {
            using var latest = new LatestScan(range, memory);
            await points.ScanAsync(table, columns, range, latest, cancellationToken);
            return latest.Build();
        }

        // Pieces of a range overlap, by a window and by what is read anyhow of the quarter of an hour in which one ends: that is read once.
        ReadSamples? before = memory.Before(key)?.Beginning(range.Series, range.Samples);
        PointRange read = memory.IsFollowed ? range.ToEndOfQuarter() : range;
        PointRange missing = before is null ? read : read.After(before.Range.To);
        using var scan = new SampleScan(missing, memory, before?.Samples);
        if (missing.Samples.From < missing.Samples.To)
        {
            await points.ScanAsync(table, columns, missing, scan, cancellationToken);
        }

        (Samples<double>[] all, Samples<double>[] wanted) = scan.Build(range.Samples.To);
        memory.Remember(key, new ReadSamples(range.Series, range.Samples with { To = missing.Samples.To }, all));
        return wanted;
    }
}
