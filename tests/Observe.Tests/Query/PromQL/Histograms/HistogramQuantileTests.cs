using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

public sealed class HistogramQuantileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "-0.1", "-Inf")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "1.1", "Inf")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "NaN", "NaN")]
    [InlineData("", "0.5", "NaN")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "0", "0.5")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "1", "4")]
    // Half of the way through (1, 2] on the logarithmic scale is √2.
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "0.5", "1.4142135623730951")]
    [InlineData("count:4 sum:-5 n_buckets:[1 2 1]", "0.5", "-1.4142135623730951")]
    [InlineData("count:4 sum:-5 n_buckets:[1 2 1]", "0", "-4")]
    [InlineData("count:4 sum:-5 n_buckets:[1 2 1]", "1", "-0.5")]
    // The zero bucket is divided evenly: on both sides of zero, unless there are observations on one side only.
    [InlineData("count:4 sum:0 z_bucket:4 z_bucket_w:1", "0.25", "-0.5")]
    [InlineData("count:8 sum:9 z_bucket:4 z_bucket_w:1 offset:1 buckets:[4]", "0.25", "0.5")]
    [InlineData("count:8 sum:-9 z_bucket:4 z_bucket_w:1 n_offset:1 n_buckets:[4]", "0.75", "-0.5")]
    [InlineData("count:12 sum:0 z_bucket:4 z_bucket_w:1 offset:1 buckets:[4] n_offset:1 n_buckets:[4]", "0.5", "0")]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[1 2 1]", "0.5", "7.5")]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[2 2 0]", "0.25", "2.5")]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[-5 10] buckets:[2 2 0]", "0.25", "-5")]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[1 2 1]", "0.9", "10")]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[-2 3] buckets:[0 4]", "0.2", "-1")]
    [InlineData("schema:-53 count:4 sum:20 buckets:[4]", "0.5", "NaN")]
    // More observations in buckets than there are, as sums of rates may have by their rounding.
    [InlineData("schema:-53 count:3 sum:20 custom_values:[4 8] buckets:[0 4]", "0.5", "5.5")]
    public void Of_Quantile_LiesWithinItsBucket(string histogram, string quantile, string expected)
    {
        var annotations = Annotations.None;
        double found = HistogramQuantile.Of(HistogramText.Parse(histogram), HistogramText.Number(quantile), ref annotations);
        Assert.Equal(HistogramText.Number(expected), found, 1e-14);
        Assert.Equal(HistogramText.Number(quantile) is >= 0 and <= 1 ? Annotations.None : Annotations.InvalidQuantile, annotations);
    }

    /// <summary>NaN is counted, in no bucket, and makes the sum NaN.</summary>
    [Theory]
    [InlineData("count:5 sum:NaN buckets:[4]", 0.4, 0.7071067811865476, Annotations.QuantileSkewedByNaN)]
    [InlineData("count:5 sum:NaN buckets:[4]", 0.9, double.NaN, Annotations.QuantileIsNaN)]
    [InlineData("count:5 sum:NaN", 0.5, double.NaN, Annotations.QuantileIsNaN)]
    // Infinities of both signs give a sum of NaN, too, but are in buckets.
    [InlineData("count:4 sum:NaN buckets:[4]", 0.5, 0.7071067811865476, Annotations.None)]
    public void Of_ObservationsOfNaN_CountAsTheLargest(string histogram, double quantile, double expected, Annotations said)
    {
        var annotations = Annotations.None;
        Assert.Equal(expected, HistogramQuantile.Of(HistogramText.Parse(histogram), quantile, ref annotations), 1e-14);
        Assert.Equal(said, annotations);
    }

    [Theory]
    [InlineData("", 0, 1, double.NaN)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", double.NaN, 1, double.NaN)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 0, double.NaN, double.NaN)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 1, 1, 0)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 2, 1, 0)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", double.NegativeInfinity, double.PositiveInfinity, 1)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 1, 2, 0.5)]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 0, 1.4142135623730951, 0.5)]
    [InlineData("count:4 sum:-5 n_buckets:[1 2 1]", -1.4142135623730951, 0, 0.5)]
    [InlineData("count:4 sum:-5 n_buckets:[1 2 1]", -100, -2, 0.25)]
    [InlineData("count:4 sum:0 z_bucket:4 z_bucket_w:1", -0.5, 1, 0.75)]
    [InlineData("count:8 sum:9 z_bucket:4 z_bucket_w:1 offset:1 buckets:[4]", -1, 0.5, 0.25)]
    [InlineData("count:8 sum:-9 z_bucket:4 z_bucket_w:1 n_offset:1 n_buckets:[4]", -0.5, 0.5, 0.25)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[1 2 1]", 5, 7.5, 0.25)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[2 2]", 0, 2.5, 0.25)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[-2 3] buckets:[0 4]", -2, -1, 0.2)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[1 2 1]", 10, 1000, 0)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[5 10] buckets:[1 2 1]", 10, double.PositiveInfinity, 0.25)]
    public void Fraction_TwoValues_IsThePartBetweenThem(string histogram, double lower, double upper, double expected)
    {
        var annotations = Annotations.None;
        Assert.Equal(expected, HistogramFraction.Of(HistogramText.Parse(histogram), lower, upper, ref annotations), 1e-14);
        Assert.Equal(Annotations.None, annotations);
    }

    [Fact]
    public void Fraction_ObservationsOfNaN_AreInNone()
    {
        var annotations = Annotations.None;
        Assert.Equal(0.8, HistogramFraction.Of(HistogramText.Parse("count:5 sum:NaN buckets:[4]"), double.NegativeInfinity, double.PositiveInfinity, ref annotations), 1e-14);
        Assert.Equal(Annotations.FractionWithoutNaN, annotations);
    }

    [Fact]
    public void Fraction_BelowAQuantile_IsTheQuantile()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++)
        {
            FloatHistogram histogram = Observations.Random(random, positiveOnly: false).ToHistogram(random.Next(-4, 9), round % 3 == 0 ? 0.5 : 0);
            double quantile = random.NextDouble();
            var annotations = Annotations.None;
            double value = HistogramQuantile.Of(histogram, quantile, ref annotations);

            // Where the zero bucket has no width its observations are all at one value.
            if (value != 0)
            {
                Assert.Equal(quantile, HistogramFraction.Of(histogram, double.NegativeInfinity, value, ref annotations), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData("count:4 sum:6 offset:1 buckets:[4]", 1.5, 0.0073593)]
    [InlineData("count:2 sum:0 z_bucket:2 z_bucket_w:1", 0, 0)]
    [InlineData("count:2 sum:-3 n_offset:1 n_buckets:[2]", -1.5, 0.0073593)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[4 8] buckets:[0 4]", 5, 1)]
    [InlineData("schema:-53 count:4 sum:20 custom_values:[4] buckets:[0 4]", 5, double.PositiveInfinity)]
    [InlineData("", double.NaN, double.NaN)]
    public void Statistics_Histogram_TakeTheMiddlesOfBuckets(string text, double average, double variance)
    {
        FloatHistogram histogram = HistogramText.Parse(text);
        Assert.Equal(average, HistogramStatistics.Average(histogram), 1e-12);
        Assert.Equal(variance, HistogramStatistics.Variance(histogram), 1e-6);
        Assert.Equal(Math.Sqrt(variance), HistogramStatistics.StandardDeviation(histogram), 1e-3);
    }

    [Theory]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 2, "count:3 sum:3.5355339059327378 buckets:[1 2]", "count:1 sum:2.8284271247461903 offset:2 buckets:[1]")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 100, "count:4 sum:5 buckets:[1 2 1]", "")]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", 0, "", "count:4 sum:5 buckets:[1 2 1]")]
    [InlineData("count:2 sum:0 z_bucket:2 z_bucket_w:1", 0.5, "count:1.5 sum:-0.375 z_bucket:1.5 z_bucket_w:1", "count:0.5 sum:0.375 z_bucket:0.5 z_bucket_w:1")]
    [InlineData("count:2 sum:-9 n_offset:2 n_buckets:[2]", -4, "", "count:2 sum:-9 n_offset:2 n_buckets:[2]")]
    [InlineData("schema:-53 count:4 sum:9 custom_values:[4 8] buckets:[2 2]", 6, "schema:-53 count:3 sum:9 custom_values:[4 8] buckets:[2 1]", "schema:-53 count:1 sum:7 custom_values:[4 8] buckets:[0 1]")]
    [InlineData("schema:-53 count:2 sum:9 custom_values:[4] buckets:[0 2]", 6, "schema:-53 custom_values:[4]", "schema:-53 count:2 sum:9 custom_values:[4] buckets:[0 2]")]
    public void Trim_Value_LeavesWhatIsBelowOrAbove(string text, double value, string below, string above)
    {
        Equal(HistogramText.Parse(below), HistogramTrim.Above(HistogramText.Parse(text), value));
        Equal(HistogramText.Parse(above), HistogramTrim.Below(HistogramText.Parse(text), value));

        static void Equal(FloatHistogram expected, FloatHistogram actual)
        {
            Assert.Equal(expected.Sum, actual.Sum, 1e-12);
            Assert.Equal(expected with { ZeroThreshold = 0, Sum = 0 }, actual with { ZeroThreshold = 0, Sum = 0 });
        }
    }
}
