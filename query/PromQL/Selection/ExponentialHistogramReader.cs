using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads exponential histograms as native ones.</summary>
internal sealed class ExponentialHistogramReader(PointBlocks points)
{
    public async Task<IReadOnlyList<SampledSeries>> ReadAsync(IReadOnlyList<MetricSeries> series, PointRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        var histograms = new NativeSamples(series, new SampleBound(range, memory));
        const string Columns = """
            SeriesId, toUnixTimestamp64Milli(Timestamp) AS Milliseconds, Flags % 2 = 1 AS IsMissing, Count, ifNull(Sum, 0) AS SumOrZero, Scale, ZeroCount, ZeroThreshold,
              PositiveOffset, PositiveBucketCounts, NegativeOffset, NegativeBucketCounts
            """;
        await foreach (ResultBlock block in points.ReadAsync("exponential_histogram_points", Columns, range, cancellationToken))
        {
            ResultColumn ids = block["SeriesId"];
            var finder = new SeriesFinder(range.Series);
            for (int row = 0; row < block.RowCount; row++)
            {
                int place = finder.Find(ids.GetUInt64(row));
                if (place >= 0)
                {
                    histograms.Add(
                        place, PromQLTime.FromMilliseconds(block["Milliseconds"].GetInt64(row)),
                        block["IsMissing"].GetUInt64(row) == 1 ? null : Histogram(block, row, series[place].IsDelta));
                }
            }
        }

        return histograms.Build();
    }

    private static FloatHistogram Histogram(ResultBlock block, int row, bool isDelta) => OtlpHistograms.FromExponential(
        (int)block["Scale"].GetInt64(row), block["Count"].GetUInt64(row), block["SumOrZero"].GetFloat64(row), block["ZeroThreshold"].GetFloat64(row), block["ZeroCount"].GetUInt64(row),
        new OtlpBuckets((int)block["PositiveOffset"].GetInt64(row), block["PositiveBucketCounts"].GetUInt64Array(row)),
        new OtlpBuckets((int)block["NegativeOffset"].GetInt64(row), block["NegativeBucketCounts"].GetUInt64Array(row)),
        isDelta ? CounterResetHint.Gauge : CounterResetHint.Unknown);
}
