using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

public sealed class ClassicHistogramTests
{
    private const string Latencies = "0.1:5 0.2:7 1:11 Inf:12";

    [Theory]
    [InlineData(Latencies, "-0.5", "-Inf")]
    [InlineData(Latencies, "1.5", "Inf")]
    [InlineData(Latencies, "NaN", "NaN")]
    [InlineData(Latencies, "0", "0")]
    [InlineData(Latencies, "0.2", "0.048")]
    [InlineData(Latencies, "0.5", "0.15")]
    [InlineData(Latencies, "0.8", "0.72")]
    [InlineData(Latencies, "1", "1")]
    [InlineData("Inf:12 1:11 0.2:7 0.1:5", "0.5", "0.15")]
    // The lowest bucket ends at or below zero, so that where it begins is not known.
    [InlineData("-0.2:1 -0.1:2 0.3:2 Inf:3", "0.3", "-0.2")]
    [InlineData("-0.2:1 -0.1:2 0.3:2 Inf:3", "0.5", "-0.15")]
    [InlineData("0:0 2:1 4:2 6:3 Inf:3", "0.5", "3")]
    [InlineData("1:3 2:5", "0.5", "NaN")]
    [InlineData("Inf:5", "0.5", "NaN")]
    [InlineData("", "0.5", "NaN")]
    [InlineData("1:0 Inf:0", "0.5", "NaN")]
    [InlineData("0.2:1 0.2:2 0.1:1 Inf:4", "0.5", "0.15")]
    public void Quantile_Buckets_LiesWithinOne(string buckets, string quantile, string expected)
    {
        var annotations = Annotations.None;
        double q = HistogramText.Number(quantile);
        Assert.Equal(HistogramText.Number(expected), ClassicHistogram.Quantile(q, Parse(buckets), out MonotonicityRepair repair, ref annotations), 1e-12);
        Assert.Equal(MonotonicityRepair.None, repair);
        Assert.Equal(q is >= 0 and <= 1 ? Annotations.None : Annotations.InvalidQuantile, annotations);
    }

    [Fact]
    public void Quantile_CountsThatDecrease_AreRaisedAndSaid()
    {
        var annotations = Annotations.None;
        double median = ClassicHistogram.Quantile(0.5, Parse("1:10 2:4 3:7 4:20 Inf:19"), out MonotonicityRepair repair, ref annotations);
        Assert.Equal(1, median);
        Assert.Equal(new MonotonicityRepair(2, double.PositiveInfinity, 6), repair);
        Assert.True(repair.WasNeeded);
        Assert.Equal(Annotations.ForcedMonotonicity, annotations);
    }

    [Fact]
    public void Quantile_CountsThatDifferByRounding_AreTakenAsEqual()
    {
        var annotations = Annotations.None;
        Assert.Equal(2, ClassicHistogram.Quantile(1, Parse("1:10 2:20 3:20.000000000001 Inf:19.999999999999"), out MonotonicityRepair repair, ref annotations));
        Assert.False(repair.WasNeeded);
        Assert.Equal(Annotations.None, annotations);
    }

    [Fact]
    public void Repair_OfSeveralSteps_IsTheWidest() =>
        Assert.Equal(new MonotonicityRepair(1, 9, 6), new MonotonicityRepair(2, 9, 3).And(MonotonicityRepair.None).And(new MonotonicityRepair(1, 4, 6)));

    [Theory]
    [InlineData(Latencies, 0, 0.2, 7 / 12d)]
    [InlineData(Latencies, 0.1, 0.15, 1 / 12d)]
    [InlineData(Latencies, double.NegativeInfinity, double.PositiveInfinity, 1)]
    [InlineData(Latencies, 1, 100, 0)]
    [InlineData(Latencies, 1, double.PositiveInfinity, 1 / 12d)]
    [InlineData(Latencies, 0.5, 0.5, 0)]
    [InlineData(Latencies, 0.6, 0.5, 0)]
    [InlineData(Latencies, double.NaN, 0.5, double.NaN)]
    [InlineData(Latencies, 0.5, double.NaN, double.NaN)]
    [InlineData("-0.2:1 -0.1:2 0.3:2 Inf:3", -5, -0.2, 0)]
    [InlineData("-0.2:1 -0.1:2 0.3:2 Inf:3", double.NegativeInfinity, -0.2, 1 / 3d)]
    [InlineData("1:3 2:5", 0, 1, double.NaN)]
    [InlineData("1:0 Inf:0", 0, 1, double.NaN)]
    [InlineData("", 0, 1, double.NaN)]
    public void Fraction_TwoValues_IsThePartBetweenThem(string buckets, double lower, double upper, double expected) =>
        Assert.Equal(expected, ClassicHistogram.Fraction(lower, upper, Parse(buckets)), 1e-12);

    private static ClassicBucket[] Parse(string buckets) =>
        [.. buckets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(bucket => bucket.Split(':')).Select(pair => new ClassicBucket(HistogramText.Number(pair[0]), HistogramText.Number(pair[1])))];
}
