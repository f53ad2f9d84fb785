using System.Collections.Immutable;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads histograms with explicit bounds, whole or bucket by bucket.</summary>
internal sealed class HistogramReader(PointBlocks points, HistogramBounds bounds)
{
    /// <summary>As native histograms with custom buckets.</summary>
    public async Task<IReadOnlyList<SampledSeries>> NativeAsync(IReadOnlyList<MetricSeries> series, PointRange range, CancellationToken cancellationToken)
    {
        var histograms = new NativeSamples(series, range);
        await foreach (HistogramRow row in RowsAsync(range, cancellationToken))
        {
            histograms.Add(row.Place, row.Time, row.IsMissing ? null : OtlpHistograms.FromExplicitBounds(
                row.Bounds, row.Counts, row.Count, row.Sum, series[row.Place].IsDelta ? CounterResetHint.Gauge : CounterResetHint.Unknown));
        }

        return histograms.Build();
    }

    /// <summary>As classic histograms: for each bound a series with how many observations are not above it.</summary>
    /// <param name="series">The series that are wanted.</param>
    /// <param name="range">Which points.</param>
    /// <param name="isWanted">Whether the labels of a bucket's series match what was asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SampledSeries>> BucketsAsync(
        IReadOnlyList<MetricSeries> series, PointRange range, Func<Labels, bool> isWanted, CancellationToken cancellationToken)
    {
        var parts = new PartSamples(series, range, "le", isWanted);
        await foreach (HistogramRow row in RowsAsync(range, cancellationToken))
        {
            ulong total = 0;
            for (int bucket = 0; bucket <= row.Bounds.Length; bucket++)
            {
                total += bucket < row.Counts.Length ? row.Counts[bucket] : 0;
                bool isLast = bucket == row.Bounds.Length;
                parts.Add(
                    row.Place, isLast ? double.PositiveInfinity : row.Bounds[bucket], row.Time,
                    row.IsMissing ? StaleMarker.Value : isLast ? row.Count : total);
            }
        }

        return parts.Build();
    }

    private async IAsyncEnumerable<HistogramRow> RowsAsync(
        PointRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Columns = """
            SeriesId, toUnixTimestamp64Milli(Timestamp) AS Milliseconds, Flags % 2 = 1 AS IsMissing, Count, ifNull(Sum, 0) AS SumOrZero, BoundsId, BucketCounts
            """;
        await foreach (ResultBlock block in points.ReadAsync("histogram_points", Columns, range, cancellationToken))
        {
            ResultColumn ids = block["SeriesId"], times = block["Milliseconds"], boundsIds = block["BoundsId"];
            ResultColumn missing = block["IsMissing"], counts = block["Count"], sums = block["SumOrZero"], buckets = block["BucketCounts"];
            IReadOnlyDictionary<ulong, ImmutableArray<double>> known =
                await bounds.GetAsync(Enumerable.Range(0, block.RowCount).Select(boundsIds.GetUInt64).ToHashSet(), cancellationToken);
            var finder = new SeriesFinder(range.Series);
            for (int row = 0; row < block.RowCount; row++)
            {
                int place = finder.Find(ids.GetUInt64(row));
                if (place >= 0)
                {
                    yield return new HistogramRow(
                        place, PromQLTime.FromMilliseconds(times.GetInt64(row)), missing.GetUInt64(row) == 1, counts.GetUInt64(row), sums.GetFloat64(row),
                        known.GetValueOrDefault(boundsIds.GetUInt64(row), []), buckets.GetUInt64Array(row));
                }
            }
        }
    }

    private readonly record struct HistogramRow(
        int Place, long Time, bool IsMissing, ulong Count, double Sum, ImmutableArray<double> Bounds, ulong[] Counts);
}
