using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class MetricsDecoderTests
{
    /// <summary>What points keep of a time is whole milliseconds.</summary>
    private const long Millisecond = 1_000_000;

    [Fact]
    public void Decode_EveryKindOfMetric_LandsInItsTable()
    {
        Decoded decoded = new Decoded(OtlpSignal.Metrics).Add(OtlpSamples.Metrics);

        ResultBlock series = decoded.Rows("metric_series");
        Assert.Equal(["my.gauge", "my.counter", "my.histogram", "my.exponential", "my.summary"], Strings(series, "MetricName"));
        Assert.Equal([1, 2, 3, 4, 5], Numbers(series, "Type"));
        Assert.Equal([0, 2, 1, 2, 0], Numbers(series, "Temporality"));
        Assert.Equal([0, 1, 0, 0, 0], Numbers(series, "IsMonotonic"));
        Assert.Equal("ms", series["Unit"].GetString(0));
        Assert.Equal("What it measures", series["Description"].GetString(0));
        Assert.Equal("test", series.Json("Metadata")["origin"]);
        LogsDecoderTests.AssertAllKinds(series.Json("Attributes", 4));

        ResultBlock points = decoded.Rows("number_points");
        Assert.Equal([1.5, 7], Enumerable.Range(0, 2).Select(row => points["Value"].GetFloat64(row)));
        Assert.Equal([(long)PointValueType.Double, (long)PointValueType.Int], Numbers(points, "ValueType"));
        Assert.Equal((long)OtlpWriter.Time, points["Timestamp"].GetInt64(0));
        Assert.Equal((long)OtlpWriter.Time - Millisecond, points["StartTimestamp"].GetInt64(0));
        Assert.Equal(["my.gauge", "my.counter"], Strings(points, "MetricName"));
        Assert.Equal(1ul, points["Flags"].GetUInt64(0));
        Assert.Equal(series["SeriesId"].GetUInt64(1), points["SeriesId"].GetUInt64(1));

        ResultBlock histogram = decoded.Rows("histogram_points");
        Assert.Equal([1ul, 2, 3], histogram.Array("BucketCounts").Select(Convert.ToUInt64));
        ResultBlock bounds = decoded.Rows("histogram_bounds");
        Assert.Equal([1.0, 5.0], bounds.Array("Bounds").Select(Convert.ToDouble));
        Assert.Equal((long)(OtlpWriter.Time / 86_400_000_000_000), bounds["Day"].GetInt64(0));
        Assert.Equal(bounds["BoundsId"].GetUInt64(0), histogram["BoundsId"].GetUInt64(0));
        Assert.Equal(["my.histogram"], Strings(histogram, "MetricName"));
        Assert.Equal(6ul, histogram["Count"].GetUInt64(0));
        Assert.Equal([12.5, 0.5, 9], new[] { "Sum", "Min", "Max" }.Select(c => histogram[c].GetFloat64(0)));

        ResultBlock exponential = decoded.Rows("exponential_histogram_points");
        Assert.Equal(-3, exponential["Scale"].GetInt64(0));
        Assert.Equal(-2, exponential["PositiveOffset"].GetInt64(0));
        Assert.Equal(1, exponential["NegativeOffset"].GetInt64(0));
        Assert.Equal([1ul, 0, 128], exponential.Array("PositiveBucketCounts").Select(Convert.ToUInt64));
        Assert.Equal([4ul], exponential.Array("NegativeBucketCounts").Select(Convert.ToUInt64));
        Assert.Equal(0.25, exponential["ZeroThreshold"].GetFloat64(0));
        Assert.Equal(1ul, exponential["ZeroCount"].GetUInt64(0));

        ResultBlock summary = decoded.Rows("summary_points");
        Assert.Equal([0.5, 0.99], summary.Array("Quantiles").Select(Convert.ToDouble));
        Assert.Equal([2.0, 4.0], summary.Array("Values").Select(Convert.ToDouble));

        ResultBlock exemplars = decoded.Rows("exemplars");
        Assert.Equal(4, exemplars.RowCount);
        Assert.Equal("my.gauge", exemplars["MetricName"].GetString(0));
        Assert.Equal((long)OtlpWriter.Time - 1, exemplars["Timestamp"].GetInt64(0));
        Assert.Equal(-1, exemplars["IntRemainder"].GetInt64(0)); // long.MaxValue is 2^63 - 1
        LogsDecoderTests.AssertAllKinds(exemplars.Json("Attributes", 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 511)]
    [InlineData(long.MinValue)]
    [InlineData(long.MinValue + 513)]
    public void Decode_Integer_IsExactFromValueAndRemainder(long value)
    {
        ResultBlock point = Decoded.Metrics(OtlpWriter.Gauge("g", p => p.Fixed64(3, OtlpWriter.Time).Fixed64(6, (ulong)value))).Rows("number_points");

        Assert.Equal((Int128)value, (Int128)point["Value"].GetFloat64(0) + point["IntRemainder"].GetInt64(0));
    }

    [Fact]
    public void Decode_AbsentSumMinMaxAndValue_StayAbsent()
    {
        Decoded decoded = Decoded.Metrics(
            metric => metric.String(1, "h").Sub(9, h => h.Sub(1, p => p.Fixed64(3, OtlpWriter.Time).Fixed64(4, 2))),
            OtlpWriter.Gauge("g", p => p.Fixed64(3, OtlpWriter.Time).Varint(8, 1)));

        Assert.All(["Sum", "Min", "Max"], column => Assert.True(decoded.Rows("histogram_points")[column].IsNull(0)));
        Assert.Equal((long)PointValueType.None, decoded.Rows("number_points")["ValueType"].GetInt64(0));
    }

    [Fact]
    public void Decode_SameLabelsInAnotherOrder_AreOneSeries()
    {
        Decoded decoded = Decoded.Metrics(
            OtlpWriter.Gauge("g", p => p.Attribute(7, "a", v => v.Int(3, 1)).Attribute(7, "b", v => v.Int(3, 2)).Fixed64(3, OtlpWriter.Time).Double(4, 1)),
            OtlpWriter.Gauge("g", p => p.Attribute(7, "b", v => v.Int(3, 2)).Attribute(7, "a", v => v.Int(3, 1)).Fixed64(3, OtlpWriter.Time).Double(4, 1)),
            OtlpWriter.Gauge("g", p => p.Attribute(7, "b", v => v.Int(3, 2)).Attribute(7, "a", v => v.String(1, "1")).Fixed64(3, OtlpWriter.Time).Double(4, 1)));

        ResultBlock points = decoded.Rows("number_points");
        Assert.Equal(points["SeriesId"].GetUInt64(0), points["SeriesId"].GetUInt64(1));
        Assert.NotEqual(points["SeriesId"].GetUInt64(0), points["SeriesId"].GetUInt64(2));
        Assert.Equal(2, decoded.Rows("metric_series").RowCount);
    }

    [Fact]
    public void Decode_BoundsOfManyPoints_AreWrittenOncePerDay()
    {
        const ulong Day = 86_400_000_000_000;
        Action<ProtoWriter> Point(ulong time, params double[] bounds) => point =>
        {
            point.Fixed64(3, time).Fixed64(4, 0).Bytes(6, new byte[(bounds.Length + 1) * sizeof(ulong)]);
            foreach (double bound in bounds)
            {
                point.Double(7, bound);
            }
        };
        byte[] request = OtlpWriter.Request(metric => metric.String(1, "h").Sub(9, h => h
            .Sub(1, Point(OtlpWriter.Time, 1, 5)).Sub(1, Point(OtlpWriter.Time + 1, 1, 5)).Sub(1, Point(OtlpWriter.Time, 2)).Sub(1, Point(OtlpWriter.Time + Day, 1, 5))));

        Decoded decoded = new Decoded(OtlpSignal.Metrics).Add(request).Add(request);

        ResultBlock bounds = decoded.Rows("histogram_bounds");
        Assert.Equal(
            [[1.0, 5.0], [2.0], [1.0, 5.0]],
            Enumerable.Range(0, bounds.RowCount).Select(row => bounds.Array("Bounds", row).Select(Convert.ToDouble).ToArray()));
        Assert.Equal(8, decoded.Rows("histogram_points").RowCount);
        Assert.Equal(bounds["BoundsId"].GetUInt64(0), bounds["BoundsId"].GetUInt64(2));
        Assert.NotEqual(bounds["BoundsId"].GetUInt64(0), bounds["BoundsId"].GetUInt64(1));
    }

    private static IEnumerable<string> Strings(ResultBlock block, string column) => Enumerable.Range(0, block.RowCount).Select(block[column].GetString);

    private static IEnumerable<long> Numbers(ResultBlock block, string column) => Enumerable.Range(0, block.RowCount).Select(block[column].GetInt64);
}
