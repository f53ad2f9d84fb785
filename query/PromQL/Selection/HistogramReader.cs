using System.Collections.Immutable;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads histograms with explicit bounds, whole or bucket by bucket.</summary>
internal sealed class HistogramReader(PointBlocks points, HistogramBounds bounds)
{
    /// <summary>As native histograms with custom buckets.</summary>
    public async Task<IReadOnlyList<SampledSeries>> NativeAsync(IReadOnlyList<MetricSeries> series, PointRange range, SampleMemory memory, CancellationToken cancellationToken) =>
        (await CollectAsync(
            range,
            () => new NativeSamples(series, new SampleBound(range, memory)),
            (histograms, row) => histograms.Add(row.Place, row.Time, row.IsMissing ? null : OtlpHistograms.FromExplicitBounds(
                row.Bounds, row.Counts, row.Count, row.Sum, series[row.Place].IsDelta ? CounterResetHint.Gauge : CounterResetHint.Unknown)),
            cancellationToken)).Build();

    /// <summary>As classic histograms: for each bound a series with how many observations are not above it.</summary>
    /// <param name="series">The series that are wanted.</param>
    /// <param name="range">Which points.</param>
    /// <param name="isWanted">Whether the labels of a bucket's series match what was asked for.</param>
    /// <param name="memory">Counts the samples.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SampledSeries>> BucketsAsync(
        IReadOnlyList<MetricSeries> series, PointRange range, Func<Labels, bool> isWanted, SampleMemory memory, CancellationToken cancellationToken) =>
        (await CollectAsync(range, () => new PartSamples(series, new SampleBound(range, memory), MetricViews.Bound, isWanted), Add, cancellationToken)).Build();

    private static void Add(PartSamples parts, HistogramRow row)
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

    /// <summary>Reads all rows of a range into what is begun for them; once more where bounds turn up that are not known.</summary>
    private async Task<T> CollectAsync<T>(PointRange range, Func<T> begin, Action<T, HistogramRow> add, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<ulong, ImmutableArray<double>>();
        while (true)
        {
            T collected = begin();
            if (await TryReadAsync(range, asked, row => add(collected, row), cancellationToken))
            {
                return collected;
            }

            // Between two readings, not within one: who waits for a connection while holding one may wait for ever, when many do.
            HashSet<ulong> ids = await BoundsIdsAsync(range, cancellationToken);
            IReadOnlyDictionary<ulong, ImmutableArray<double>> found = await bounds.GetAsync(ids, cancellationToken);
            foreach (ulong id in ids)
            {
                asked[id] = found.GetValueOrDefault(id, []);
            }
        }
    }

    /// <returns>Whether the bounds of all rows are known.</returns>
    private async Task<bool> TryReadAsync(
        PointRange range, Dictionary<ulong, ImmutableArray<double>> asked, Action<HistogramRow> add, CancellationToken cancellationToken)
    {
        const string Columns = """
            SeriesId, toUnixTimestamp64Milli(Timestamp) AS Milliseconds, Flags % 2 = 1 AS IsMissing, Count, ifNull(Sum, 0) AS SumOrZero, BoundsId, BucketCounts
            """;
        await foreach (ResultBlock block in points.ReadAsync("histogram_points", Columns, range, cancellationToken))
        {
            ResultColumn ids = block["SeriesId"], times = block["Milliseconds"], boundsIds = block["BoundsId"];
            ResultColumn missing = block["IsMissing"], counts = block["Count"], sums = block["SumOrZero"], buckets = block["BucketCounts"];
            var finder = new SeriesFinder(range.Series);
            for (int row = 0; row < block.RowCount; row++)
            {
                int place = finder.Find(ids.GetUInt64(row));
                if (place < 0)
                {
                    continue;
                }

                ulong boundsId = boundsIds.GetUInt64(row);
                if (!bounds.TryGet(boundsId, out ImmutableArray<double> itsBounds) && !asked.TryGetValue(boundsId, out itsBounds))
                {
                    return false;
                }

                add(new HistogramRow(
                    place, PromQLTime.FromMilliseconds(times.GetInt64(row)), missing.GetUInt64(row) == 1, counts.GetUInt64(row), sums.GetFloat64(row),
                    itsBounds, buckets.GetUInt64Array(row)));
            }
        }

        return true;
    }

    private async Task<HashSet<ulong>> BoundsIdsAsync(PointRange range, CancellationToken cancellationToken)
    {
        var ids = new HashSet<ulong>();
        await foreach (ResultBlock block in points.ReadAsync("histogram_points", "DISTINCT BoundsId", range, cancellationToken))
        {
            ids.UnionWith(Enumerable.Range(0, block.RowCount).Select(block["BoundsId"].GetUInt64));
        }

        return ids;
    }

    private readonly record struct HistogramRow(
        int Place, long Time, bool IsMissing, ulong Count, double Sum, ImmutableArray<double> Bounds, ulong[] Counts);
}
