using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Windows;
using Observe.Tests.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>Each function over native histograms, in a window of a minute.</summary>
public sealed class HistogramFunctionTests
{
    private const string Growing = "20: count:3 sum:4 buckets:[1 2] | 40: count:6 sum:8 buckets:[2 4] | 60: count:9 sum:12 buckets:[3 6]";

    [Theory]
    [InlineData("increase", Growing, "count:9 sum:12 buckets:[3 6]")]
    [InlineData("rate", Growing, "count:0.15 sum:0.2 buckets:[0.05 0.1]")]
    // The whole series began in the window: from zero on, and not before.
    [InlineData("increase", "30: count:3 sum:4 buckets:[1 2] | 60: count:9 sum:12 buckets:[3 6]", "count:9 sum:12 buckets:[3 6]")]
    [InlineData("increase", "30: count:1 buckets:[1] | 60: count:11 buckets:[11]", "count:11 buckets:[11]")]
    [InlineData("increase", "30: count:0 | 60: count:10 buckets:[10]", "count:10 buckets:[10]")]
    // Resets between them: the first is left out whatever its buckets, others count in full.
    [InlineData("increase", "30: count:30 buckets:[30] | 60: count:20 buckets:[20]", "count:40 buckets:[40]")]
    [InlineData("increase", "20: count:10 buckets:[10] | 40: count:30 buckets:[30] | 60: count:10 buckets:[10]", "count:40 buckets:[40]")]
    [InlineData("increase", "30: schema:-53 count:100 custom_values:[1] buckets:[100] | 60: count:50 buckets:[50]", "count:100 buckets:[100]")]
    [InlineData("increase", "30: count:10 buckets:[10] | 60: count:20 buckets:[20] counter_reset_hint:reset", "count:30 buckets:[30]")]
    // The coarsest layout of all that were looked at.
    [InlineData("increase", "20: schema:1 count:10 offset:1 buckets:[5 5] | 40: count:20 offset:1 buckets:[20] | 60: count:30 offset:1 buckets:[30]", "count:30 offset:1 buckets:[30]")]
    [InlineData("irate", Growing, "count:0.15 sum:0.2 buckets:[0.05 0.1]")]
    [InlineData("irate", "40: count:9 buckets:[9] | 60: count:4 buckets:[4]", "count:0.2 buckets:[0.2]")]
    [InlineData("sum_over_time", Growing, "count:18 sum:24 buckets:[6 12]")]
    [InlineData("avg_over_time", Growing, "count:6 sum:8 buckets:[2 4]")]
    [InlineData("first_over_time", Growing, "count:3 sum:4 buckets:[1 2]")]
    [InlineData("last_over_time", Growing, "count:9 sum:12 buckets:[3 6]")]
    public void Evaluate_Histograms_GivesAHistogram(string function, string histograms, string expected)
    {
        var annotations = Annotations.None;
        WindowResult result = new SampleText("", histograms).Evaluate(function, 0, 60, 0, ref annotations);
        AssertClose(HistogramText.Parse(expected), result.Histogram!);
        Assert.Equal(Annotations.None, annotations);
    }

    [Theory]
    [InlineData("delta", "30: count:9 sum:9 buckets:[9] counter_reset_hint:gauge | 60: count:4 sum:1 buckets:[4] counter_reset_hint:gauge", "count:-10 sum:-16 buckets:[-10]", Annotations.None)]
    [InlineData("delta", "30: count:9 sum:9 buckets:[9] | 60: count:4 sum:1 buckets:[4] counter_reset_hint:gauge", "count:-10 sum:-16 buckets:[-10]", Annotations.NotGauge)]
    [InlineData("idelta", "30: count:9 sum:9 buckets:[9] counter_reset_hint:gauge | 60: count:4 sum:1 buckets:[4] counter_reset_hint:gauge", "count:-5 sum:-8 buckets:[-5]", Annotations.None)]
    [InlineData("idelta", "30: count:9 sum:9 buckets:[9] | 60: count:4 sum:1 buckets:[4]", "count:-5 sum:-8 buckets:[-5]", Annotations.NotGauge)]
    [InlineData("increase", "30: count:4 buckets:[4] | 60: count:9 buckets:[9] counter_reset_hint:gauge", "count:9 buckets:[9]", Annotations.NotCounter)]
    [InlineData("irate", "30: count:3 buckets:[3] counter_reset_hint:gauge | 60: count:9 buckets:[9]", "count:0.2 buckets:[0.2]", Annotations.NotCounter)]
    [InlineData("sum_over_time", "30: count:3 buckets:[3] counter_reset_hint:reset | 60: count:9 buckets:[9] counter_reset_hint:not_reset", "count:12 buckets:[12]", Annotations.CounterResetCollision)]
    [InlineData("avg_over_time", "30: schema:-53 count:3 custom_values:[1] buckets:[3] | 60: schema:-53 count:9 custom_values:[1 2] buckets:[9]", "schema:-53 count:6 custom_values:[1] buckets:[6]", Annotations.BoundsReconciledInAggregation)]
    [InlineData("increase", "30: schema:-53 count:3 custom_values:[1] buckets:[3] | 60: schema:-53 count:9 custom_values:[1 2] buckets:[9]", "schema:-53 count:9 custom_values:[1] buckets:[9]", Annotations.BoundsReconciledInSubtraction)]
    public void Evaluate_HistogramsOfWhichThereIsSomethingToSay_SaysIt(string function, string histograms, string expected, Annotations said)
    {
        var annotations = Annotations.None;
        WindowResult result = new SampleText("", histograms).Evaluate(function, 0, 60, 0, ref annotations);
        AssertClose(HistogramText.Parse(expected), result.Histogram!);
        Assert.Equal(said, annotations);
    }

    [Theory]
    [InlineData("rate")]
    [InlineData("increase")]
    [InlineData("delta")]
    [InlineData("irate")]
    [InlineData("idelta")]
    [InlineData("sum_over_time")]
    [InlineData("avg_over_time")]
    public void Evaluate_ExponentialAndCustom_IsNothingAndSaid(string function)
    {
        var annotations = Annotations.None;
        var samples = new SampleText("", "20: count:1 buckets:[1] | 40: count:2 buckets:[2] | 60: schema:-53 count:9 custom_values:[1] buckets:[9] counter_reset_hint:not_reset");
        Assert.Equal(WindowResult.None, samples.Evaluate(function, 0, 60, 0, ref annotations));
        Assert.True(annotations.HasFlag(Annotations.MixedExponentialCustom));
    }

    [Theory]
    [InlineData("resets", Growing, 0)]
    [InlineData("resets", "20: count:3 buckets:[3] | 40: count:2 buckets:[2] | 60: count:3 n_buckets:[3]", 2)]
    [InlineData("changes", Growing, 2)]
    [InlineData("changes", "20: count:3 buckets:[3] | 40: count:3 buckets:[3] counter_reset_hint:gauge | 60: count:3 buckets:[3]", 0)]
    [InlineData("count_over_time", Growing, 3)]
    [InlineData("present_over_time", Growing, 1)]
    public void Evaluate_Histograms_GivesANumber(string function, string histograms, double expected)
    {
        var annotations = Annotations.None;
        WindowResult result = new SampleText("", histograms).Evaluate(function, 0, 60, 0, ref annotations);
        Assert.Equal((true, expected), (result.HasValue, result.Value));
        Assert.Equal(Annotations.None, annotations);
    }

    [Theory]
    [InlineData("min_over_time")]
    [InlineData("max_over_time")]
    [InlineData("quantile_over_time")]
    [InlineData("stddev_over_time")]
    [InlineData("stdvar_over_time")]
    [InlineData("deriv")]
    [InlineData("predict_linear")]
    public void Evaluate_HistogramsForAFunctionOfFloats_IsNothing(string function)
    {
        var annotations = Annotations.None;
        Assert.Equal(WindowResult.None, new SampleText("", Growing).Evaluate(function, 0, 60, 0.5, ref annotations));
        Assert.Equal(Annotations.None, annotations);
        Assert.True(new SampleText("1:1 2:2", Growing).Evaluate(function, 0, 60, 0.5, ref annotations).HasValue);
        Assert.Equal(Annotations.HistogramsIgnored, annotations);
    }

    [Theory]
    [InlineData("rate")]
    [InlineData("increase")]
    [InlineData("delta")]
    [InlineData("sum_over_time")]
    [InlineData("avg_over_time")]
    public void Evaluate_FloatsAndHistograms_IsNothingAndSaid(string function)
    {
        var annotations = Annotations.None;
        Assert.Equal(WindowResult.None, new SampleText("1:1 2:2", Growing).Evaluate(function, 0, 60, 0, ref annotations));
        Assert.Equal(Annotations.MixedFloatsHistograms, annotations);
    }

    [Theory]
    [InlineData("irate", "1:1 2:3", "1: count:1", "-", Annotations.MixedFloatsHistograms)]
    [InlineData("irate", "1:1 2:3 3:9", "1: count:1", "6", Annotations.None)]
    [InlineData("idelta", "1:1", "2: count:1", "-", Annotations.MixedFloatsHistograms)]
    [InlineData("resets", "1:1 3:1", "2: count:1 | 4: count:2", "3", Annotations.None)]
    [InlineData("changes", "1:1 2:1", "3: count:1 | 4: count:1", "1", Annotations.None)]
    [InlineData("count_over_time", "1:1 2:1", "3: count:1", "3", Annotations.None)]
    [InlineData("first_over_time", "1:7 2:1", "3: count:1", "7", Annotations.None)]
    [InlineData("last_over_time", "1:7 4:9", "3: count:1", "9", Annotations.None)]
    [InlineData("deriv", "1:7", "3: count:1", "-", Annotations.HistogramsIgnored)]
    public void Evaluate_FloatsAndHistograms_TakesThemInTheirOrder(string function, string floats, string histograms, string expected, Annotations said)
    {
        var annotations = Annotations.None;
        WindowResult result = new SampleText(floats, histograms).Evaluate(function, 0, 60, 0, ref annotations);
        Assert.Equal(expected != "-", result.HasValue);
        Assert.True(!result.HasValue || result.Value == HistogramText.Number(expected));
        Assert.Equal(said, annotations);
    }

    private static void AssertClose(FloatHistogram expected, FloatHistogram actual)
    {
        Assert.Equal(expected.Schema, actual.Schema);
        Assert.Equal(expected.CustomBounds, actual.CustomBounds);
        Assert.Equal(expected.Count, actual.Count, 1e-12);
        Assert.Equal(expected.Sum, actual.Sum, 1e-12);
        Assert.Equal(expected.Positive.Indexes, actual.Positive.Indexes);
        foreach ((double one, double other) in expected.Positive.Counts.ToArray().Zip(actual.Positive.Counts.ToArray()))
        {
            Assert.Equal(one, other, 1e-12);
        }
    }
}
