using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

public sealed class HistogramArithmeticTests
{
    [Theory]
    [InlineData("count:4 sum:5 buckets:[1 2 1]", "count:1 sum:2 offset:1 buckets:[1]", "count:5 sum:7 buckets:[1 3 1]")]
    [InlineData("count:1 sum:5 offset:3 buckets:[1]", "count:2 sum:2 offset:-2 buckets:[2]", "count:3 sum:7 offset:-2 buckets:[2 0 0 0 0 1]")]
    [InlineData("count:2 sum:-3 n_buckets:[1 1]", "count:2 sum:3 buckets:[1 1]", "count:4 sum:0 buckets:[1 1] n_buckets:[1 1]")]
    [InlineData("count:1 sum:1", "", "count:1 sum:1")]
    // Schema 1 has the bounds … 1, √2, 2, 2√2, 4; schema 0 … 1, 2, 4.
    [InlineData("schema:1 count:4 sum:5 offset:1 buckets:[1 1 1 1]", "count:2 sum:2 offset:1 buckets:[1 1]", "count:6 sum:7 offset:1 buckets:[3 3]")]
    [InlineData("schema:-1 count:1 sum:3 offset:1 buckets:[1]", "schema:1 count:1 sum:3 offset:3 buckets:[1]", "schema:-1 count:2 sum:6 offset:1 buckets:[2]")]
    // The wider zero bucket takes what lies in it, and the whole of a bucket that it reaches into.
    [InlineData("count:2 sum:1 z_bucket_w:1 z_bucket:2", "count:3 sum:2 buckets:[1 2] n_buckets:[0 0]", "count:5 sum:3 z_bucket_w:1 z_bucket:3 offset:1 buckets:[2]")]
    [InlineData("count:2 sum:1 z_bucket_w:1.5 z_bucket:2", "count:3 sum:4 buckets:[1 2]", "count:5 sum:5 z_bucket_w:2 z_bucket:5")]
    [InlineData("count:2 sum:1 z_bucket_w:1.5 z_bucket:2", "count:3 sum:4 offset:1 buckets:[1 1] n_offset:2 n_buckets:[1]", "count:5 sum:5 z_bucket_w:2 z_bucket:3 offset:2 buckets:[1] n_offset:2 n_buckets:[1]")]
    [InlineData("count:3 sum:4 buckets:[1 2]", "count:2 sum:1 z_bucket_w:1.5 z_bucket:2", "count:5 sum:5 z_bucket_w:2 z_bucket:5")]
    // A positive bucket raises the threshold to 2, which lies in a negative one that raises it to 4, where the other histogram has a bucket too.
    [InlineData("count:2 z_bucket_w:1.5 z_bucket:1 offset:1 buckets:[0 0 1]", "schema:-1 count:2 offset:1 buckets:[1] n_offset:1 n_buckets:[1]", "schema:-1 count:4 z_bucket_w:4 z_bucket:3 offset:2 buckets:[1]")]
    [InlineData("schema:-53 count:3 sum:9 custom_values:[5 10] buckets:[1 1 1]", "schema:-53 count:1 sum:2 custom_values:[5 10] buckets:[1]", "schema:-53 count:4 sum:11 custom_values:[5 10] buckets:[2 1 1]")]
    public void Add_TwoHistograms_HaveTheirObservationsTogether(string left, string right, string expected)
    {
        var annotations = Annotations.None;
        Assert.Equal(HistogramText.Parse(expected), HistogramArithmetic.Add(HistogramText.Parse(left), HistogramText.Parse(right), ref annotations));
        Assert.Equal(HistogramText.Parse(expected), HistogramArithmetic.Add(HistogramText.Parse(right), HistogramText.Parse(left), ref annotations));
        Assert.Equal(Annotations.None, annotations);
    }

    [Theory]
    [InlineData("count:5 sum:7 buckets:[1 3 1]", "count:1 sum:2 offset:1 buckets:[1]", "count:4 sum:5 buckets:[1 2 1]")]
    [InlineData("count:5 sum:7 buckets:[1 3 1]", "count:5 sum:7 buckets:[1 3 1]", "")]
    [InlineData("count:1 sum:1 buckets:[1]", "count:2 sum:3 offset:1 buckets:[2]", "count:-1 sum:-2 buckets:[1 -2]")]
    [InlineData("count:3 sum:4 buckets:[1 2]", "count:2 sum:1 z_bucket_w:1.5 z_bucket:2", "count:1 sum:3 z_bucket_w:2 z_bucket:1")]
    public void Subtract_TwoHistograms_IsAGauge(string left, string right, string expected)
    {
        var annotations = Annotations.None;
        FloatHistogram? difference = HistogramArithmetic.Subtract(HistogramText.Parse(left), HistogramText.Parse(right), ref annotations);
        Assert.Equal(HistogramText.Parse(expected), difference);
        Assert.Equal(CounterResetHint.Gauge, difference!.CounterResetHint);
    }

    [Theory]
    [InlineData("custom_values:[1 2 3] buckets:[1 2 4 8]", "custom_values:[1 3] buckets:[1 1 1]", "custom_values:[1 3] buckets:[2 7 9]")]
    [InlineData("custom_values:[2] buckets:[1 2]", "custom_values:[1 2 3] buckets:[1 1 1 1]", "custom_values:[2] buckets:[3 4]")]
    [InlineData("custom_values:[1] buckets:[1 2]", "custom_values:[2] buckets:[4 8]", "buckets:[15]")]
    [InlineData("buckets:[1]", "custom_values:[2] buckets:[4 8]", "buckets:[13]")]
    public void Add_DifferentCustomBounds_KeepsThoseOfBoth(string left, string right, string expected)
    {
        var annotations = Annotations.None;
        FloatHistogram? sum = HistogramArithmetic.Add(HistogramText.Parse("schema:-53 " + left), HistogramText.Parse("schema:-53 " + right), ref annotations);
        Assert.Equal(HistogramText.Parse("schema:-53 " + expected), sum);
        Assert.Equal(Annotations.BoundsReconciledInAddition, annotations);
        annotations = Annotations.None;
        HistogramArithmetic.Subtract(HistogramText.Parse("schema:-53 " + left), HistogramText.Parse("schema:-53 " + right), ref annotations);
        Assert.Equal(Annotations.BoundsReconciledInSubtraction, annotations);
    }

    [Fact]
    public void Add_ExponentialAndCustom_IsNothingAndSaid()
    {
        var annotations = Annotations.None;
        Assert.Null(HistogramArithmetic.Add(HistogramText.Parse("count:1 buckets:[1]"), HistogramText.Parse("schema:-53 custom_values:[1] buckets:[1]"), ref annotations));
        Assert.Equal(Annotations.MixedExponentialCustom, annotations);
    }

    [Theory]
    [InlineData(CounterResetHint.Unknown, CounterResetHint.Unknown, CounterResetHint.Unknown, false)]
    [InlineData(CounterResetHint.Unknown, CounterResetHint.CounterReset, CounterResetHint.Unknown, false)]
    [InlineData(CounterResetHint.Unknown, CounterResetHint.Gauge, CounterResetHint.Gauge, false)]
    [InlineData(CounterResetHint.CounterReset, CounterResetHint.CounterReset, CounterResetHint.CounterReset, false)]
    [InlineData(CounterResetHint.NotCounterReset, CounterResetHint.NotCounterReset, CounterResetHint.NotCounterReset, false)]
    [InlineData(CounterResetHint.NotCounterReset, CounterResetHint.Gauge, CounterResetHint.Gauge, false)]
    [InlineData(CounterResetHint.NotCounterReset, CounterResetHint.CounterReset, CounterResetHint.Unknown, true)]
    public void Add_Hints_AreOfBothAndMayCollide(CounterResetHint left, CounterResetHint right, CounterResetHint expected, bool collide)
    {
        FloatHistogram[] operands = [new FloatHistogram { CounterResetHint = left }, new FloatHistogram { CounterResetHint = right }];
        for (int i = 0; i < 2; i++)
        {
            var annotations = Annotations.None;
            Assert.Equal(expected, HistogramArithmetic.Add(operands[i], operands[1 - i], ref annotations)!.CounterResetHint);
            Assert.Equal(collide ? Annotations.CounterResetCollision : Annotations.None, annotations);
        }
    }

    [Theory]
    [InlineData(3, "count:12 sum:15 z_bucket:3 z_bucket_w:0.5 buckets:[3 3] n_buckets:[3]")]
    [InlineData(0, "z_bucket_w:0.5")]
    [InlineData(-1, "count:-4 sum:-5 z_bucket:-1 z_bucket_w:0.5 buckets:[-1 -1] n_buckets:[-1] counter_reset_hint:gauge")]
    public void Multiply_Number_ScalesCountsAndSum(double factor, string expected)
    {
        FloatHistogram product = HistogramText.Parse("count:4 sum:5 z_bucket:1 z_bucket_w:0.5 buckets:[1 1] n_buckets:[1]").Multiply(factor);
        Assert.Equal(HistogramText.Parse(expected).Count, product.Count);
        Assert.Equal(HistogramText.Parse(expected).Sum, product.Sum);
        Assert.Equal(HistogramText.Parse(expected), product);
        Assert.Equal(factor < 0 ? CounterResetHint.Gauge : CounterResetHint.Unknown, product.CounterResetHint);
    }

    [Theory]
    [InlineData(2, "count:2 sum:2.5 z_bucket:0.5 z_bucket_w:0.5 buckets:[1 0.5] n_buckets:[0.5]")]
    [InlineData(-2, "count:-2 sum:-2.5 z_bucket:-0.5 z_bucket_w:0.5 buckets:[-1 -0.5] n_buckets:[-0.5]")]
    [InlineData(0, "count:Inf sum:Inf z_bucket:Inf z_bucket_w:0.5")]
    public void Divide_Number_ScalesCountsAndSum(double divisor, string expected) =>
        Assert.Equal(HistogramText.Parse(expected), HistogramText.Parse("count:4 sum:5 z_bucket:1 z_bucket_w:0.5 buckets:[2 1] n_buckets:[1]").Divide(divisor));

    [Fact]
    public void Negate_Histogram_IsAGaugeOfNegativeCounts()
    {
        FloatHistogram negated = HistogramText.Parse("count:3 sum:4 buckets:[1 2]").Negate();
        Assert.Equal(HistogramText.Parse("count:-3 sum:-4 buckets:[-1 -2]"), negated);
        Assert.Equal(CounterResetHint.Gauge, negated.CounterResetHint);
    }

    [Theory]
    [InlineData("schema:2 offset:-3 buckets:[1 2 4 8 16 32 64 128 256]", 1, "schema:1 offset:-1 buckets:[3 12 48 192 256]")]
    [InlineData("schema:2 offset:-3 buckets:[1 2 4 8 16 32 64 128 256]", 0, "offset:0 buckets:[15 240 256]")]
    [InlineData("schema:2 n_offset:-3 n_buckets:[1 2 4 8 16 32 64 128 256]", -4, "schema:-4 n_buckets:[15 496]")]
    public void ReduceTo_LowerSchema_MergesNeighbours(string histogram, int schema, string expected) =>
        Assert.Equal(HistogramText.Parse(expected), HistogramText.Parse(histogram).ReduceTo(schema));

    [Theory]
    [InlineData("schema:2", 3)]
    [InlineData("schema:2", -5)]
    [InlineData("schema:2", -53)]
    [InlineData("schema:-53 custom_values:[1]", 0)]
    public void ReduceTo_SchemaThatIsNotLower_IsRefused(string histogram, int schema) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HistogramText.Parse(histogram).ReduceTo(schema));

    [Theory]
    [InlineData("count:3 buckets:[1 2]", "count:3 buckets:[1 2 0 0]", true)]
    [InlineData("count:3 buckets:[1 0 2]", "count:3 offset:-1 buckets:[0 1 0 2]", true)]
    [InlineData("count:3 buckets:[1 2]", "count:3 buckets:[1 2] counter_reset_hint:gauge", true)]
    [InlineData("sum:NaN", "sum:NaN", true)]
    [InlineData("count:3 buckets:[1 2]", "count:3 offset:1 buckets:[1 2]", false)]
    [InlineData("count:3 buckets:[1 2]", "count:3 n_buckets:[1 2]", false)]
    [InlineData("count:3 buckets:[1 2]", "schema:1 count:3 buckets:[1 2]", false)]
    [InlineData("count:3 z_bucket_w:0.1", "count:3", false)]
    [InlineData("schema:-53 custom_values:[1 2]", "schema:-53 custom_values:[1 3]", false)]
    public void Equals_Histograms_ComparesTheirDataAndNotTheirLayout(string left, string right, bool expected)
    {
        Assert.Equal(expected, HistogramText.Parse(left).Equals(HistogramText.Parse(right)));
        Assert.True(!expected || HistogramText.Parse(left).GetHashCode() == HistogramText.Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("schema:0 offset:-1 buckets:[1 0 3] z_bucket:2 z_bucket_w:0.01 n_offset:1 n_buckets:[5]", "[-2,-1):5 [-0.01,0.01]:2 (0.25,0.5]:1 (1,2]:3")]
    [InlineData("schema:0 offset:0 buckets:[1] z_bucket:2 z_bucket_w:0.75 n_buckets:[3]", "[-1,-0.75):3 [-0.75,0.75]:2 (0.75,1]:1")]
    [InlineData("schema:0 z_bucket:2", "[0,0]:2")]
    [InlineData("schema:-53 custom_values:[-1 5] buckets:[1 2 3]", "[-Inf,-1]:1 (-1,5]:2 (5,+Inf]:3")]
    [InlineData("schema:-53 buckets:[1]", "[-Inf,+Inf]:1")]
    [InlineData("schema:0 offset:1024 buckets:[1 2]", "(8.98846567431158E+307,1.7976931348623157E+308]:1 (1.7976931348623157E+308,+Inf]:2")]
    [InlineData("schema:-4 offset:64 buckets:[1 2]", "(2.7430620343968443E+303,1.7976931348623157E+308]:1 (1.7976931348623157E+308,+Inf]:2")]
    [InlineData("schema:8 offset:1 buckets:[1]", "(1,1.0027112750502025]:1")]
    public void BucketAt_EachPosition_GivesTheBucketsAscending(string histogram, string expected) =>
        Assert.Equal(expected, HistogramText.Buckets(HistogramText.Parse(histogram)));

    [Theory]
    [InlineData(9)]
    [InlineData(-5)]
    public void Schema_Unknown_IsRefused(int schema) => Assert.Throws<ArgumentOutOfRangeException>(() => new FloatHistogram { Schema = schema });
}
