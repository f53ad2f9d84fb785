using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

public sealed class OtlpHistogramsTests
{
    [Theory]
    // OpenTelemetry's bucket 0 of scale 0 is (1, 2].
    [InlineData(0, 0, "1 2 3", "(1,2]:1 (2,4]:2 (4,8]:3")]
    [InlineData(0, -2, "1 0 3", "(0.25,0.5]:1 (1,2]:3")]
    [InlineData(1, 1, "1 2", "(1.4142135623730951,2]:1 (2,2.8284271247461903]:2")]
    [InlineData(-4, -1, "1 2", "(1.52587890625E-05,1]:1 (1,65536]:2")]
    // Scale 10 has four buckets for each of scale 8; -1 … 3 are (2^-(1/1024), 1], (1, …] and so on.
    [InlineData(10, -1, "1 2 3 4 5 6", "(0.9972960560854701,1]:1 (1,1.0027112750502025]:14 (1.0027112750502025,1.0054299011128027]:6")]
    [InlineData(20, 0, "5", "(1,1.0027112750502025]:5")]
    [InlineData(0, int.MaxValue, "0 0", "")]
    [InlineData(0, 1024, "1", "(1.7976931348623157E+308,+Inf]:1")]
    [InlineData(0, -1075, "1", "(0,5E-324]:1")]
    public void FromExponential_Point_HasPrometheussBuckets(int scale, int offset, string counts, string expected)
    {
        ulong[] dense = [.. counts.Split(' ').Select(ulong.Parse)];
        FloatHistogram histogram = OtlpHistograms.FromExponential(scale, 9, 4.5, 0, 0, new OtlpBuckets(offset, dense), default, CounterResetHint.Unknown);
        Assert.Equal(expected, HistogramText.Buckets(histogram));
        Assert.Equal(Math.Min(scale, 8), histogram.Schema);
        Assert.Equal((9, 4.5), (histogram.Count, histogram.Sum));
        FloatHistogram mirrored = OtlpHistograms.FromExponential(scale, 9, -4.5, 0, 0, default, new OtlpBuckets(offset, dense), CounterResetHint.Unknown);
        Assert.Equal(histogram.Positive, mirrored.Negative);
        Assert.Equal(BucketCounts.Empty, mirrored.Positive);
    }

    [Fact]
    public void FromExponential_ZeroBucket_IsThePoints()
    {
        FloatHistogram histogram = OtlpHistograms.FromExponential(0, 3, 0, 0.125, 3, default, default, CounterResetHint.Gauge);
        Assert.Equal("[-0.125,0.125]:3", HistogramText.Buckets(histogram));
        Assert.Equal(CounterResetHint.Gauge, histogram.CounterResetHint);
    }

    [Theory]
    [InlineData(-5, 0, 0, "An exponential histogram of scale -5 is too coarse for PromQL, whose coarsest one is -4: let the SDK keep more buckets, or a smaller range of values.")]
    [InlineData(0, 1025, 0, "An exponential histogram has observations in bucket 1025 of scale 0, which lies beyond what a double holds: the sender miscounts its offset.")]
    [InlineData(20, int.MaxValue, 0, "An exponential histogram has observations in bucket 2147483647 of scale 20, which lies beyond what a double holds: the sender miscounts its offset.")]
    [InlineData(8, int.MinValue, 0, "An exponential histogram has observations in bucket -2147483648 of scale 8, which lies beyond what a double holds: the sender miscounts its offset.")]
    [InlineData(0, 0, -1, "An exponential histogram has the zero_threshold -1: it is a number, 0 or more.")]
    [InlineData(0, 0, double.NaN, "An exponential histogram has the zero_threshold NaN: it is a number, 0 or more.")]
    [InlineData(0, 0, double.PositiveInfinity, "An exponential histogram has the zero_threshold Infinity: it is a number, 0 or more.")]
    public void FromExponential_PointThatHasNoNativeHistogram_IsRefusedWithTheReason(int scale, int offset, double zeroThreshold, string message)
    {
        var thrown = Assert.Throws<InvalidHistogramException>(() =>
            OtlpHistograms.FromExponential(scale, 1, 1, zeroThreshold, 0, new OtlpBuckets(offset, new ulong[] { 1 }), default, CounterResetHint.Unknown));
        Assert.Equal(message, thrown.Message);
    }

    [Theory]
    [InlineData("0.1 0.5", "1 2 3", "[-Inf,0.1]:1 (0.1,0.5]:2 (0.5,+Inf]:3")]
    [InlineData("-1 0 1", "0 2 0 4", "(-1,0]:2 (1,+Inf]:4")]
    [InlineData("", "7", "[-Inf,+Inf]:7")]
    [InlineData("", "", "[-Inf,+Inf]:9")]
    public void FromExplicitBounds_Point_HasCustomBuckets(string bounds, string counts, string expected)
    {
        FloatHistogram histogram = OtlpHistograms.FromExplicitBounds([.. Numbers(bounds)], [.. Numbers(counts).Select(count => (ulong)count)], 9, 4.5, CounterResetHint.Unknown);
        Assert.Equal(expected, HistogramText.Buckets(histogram));
        Assert.True(histogram.UsesCustomBuckets);
        Assert.Equal((9, 4.5), (histogram.Count, histogram.Sum));
    }

    [Theory]
    [InlineData("1 2", "1 2", "A histogram has 2 explicit_bounds and 2 bucket_counts: it has one count more than bounds, that of the observations above all of them.")]
    [InlineData("2 1", "1 2 3", "A histogram has the explicit_bounds 2, 1: they are finite and increase; +Inf is not written.")]
    [InlineData("1 1", "1 2 3", "A histogram has the explicit_bounds 1, 1: they are finite and increase; +Inf is not written.")]
    [InlineData("1 Inf", "1 2 3", "A histogram has the explicit_bounds 1, Infinity: they are finite and increase; +Inf is not written.")]
    [InlineData("NaN", "1 2", "A histogram has the explicit_bounds NaN: they are finite and increase; +Inf is not written.")]
    public void FromExplicitBounds_BoundsThatAreNone_AreRefusedWithTheReason(string bounds, string counts, string message)
    {
        var thrown = Assert.Throws<InvalidHistogramException>(() =>
            OtlpHistograms.FromExplicitBounds([.. Numbers(bounds)], [.. Numbers(counts).Select(count => (ulong)count)], 9, 4.5, CounterResetHint.Unknown));
        Assert.Equal(message, thrown.Message);
    }

    private static IEnumerable<double> Numbers(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(HistogramText.Number);
}
