using Observe.Query.PromQL;
using Observe.Query.PromQL.Windows;
using Observe.Tests.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>Each function over floats: samples with their times in seconds, the window (start, end], what is expected of it; "-" is nothing.</summary>
public sealed class FloatFunctionTests
{
    [Theory]
    // Samples reach to both ends of the window, which is open on the left: 0 is not in it, so 30 s of it are extrapolated.
    [InlineData("0:0 30:30 60:60", 0, 60, "60")]
    [InlineData("30:30 60:60", 0, 60, "60")]
    [InlineData("0:100 60:160 120:220", -1, 120, "121")]
    // The first sample lies more than 1.1 distances after the start: half a distance is added. The same at the end.
    [InlineData("40:1000 50:1010 60:1020", 0, 60, "25")]
    [InlineData("10:1000 20:1010 30:1020", 0, 60, "35")]
    // A counter cannot have been below zero: its line meets zero 1 s before the first sample.
    [InlineData("10:1 20:11 30:21", 0, 30, "21")]
    [InlineData("10:0 20:10 30:20", 0, 30, "20")]
    // Resets: what was there before counts, and after them it began at zero.
    [InlineData("0:10 10:20 20:5 30:15", -1, 30, "25.833333333333332")]
    [InlineData("10:3 20:2 30:1", 0, 30, "4.5")]
    [InlineData("10:7 20:7 30:7", 0, 30, "0")]
    [InlineData("30:7", 0, 60, "-")]
    [InlineData("", 0, 60, "-")]
    [InlineData("0:1 60:2", 0, 60, "-")]
    [InlineData("10:1 20:NaN 30:3", 0, 30, "3")]
    [InlineData("10:1 20:2 30:NaN", 0, 30, "NaN")]
    [InlineData("10:1 20:2 30:Inf", 0, 30, "Inf")]
    [InlineData("10:Inf 20:Inf 30:Inf", 0, 30, "NaN")]
    public void Increase_Counter_IsExtrapolatedToTheWindow(string samples, long start, long end, string expected)
    {
        Expect("increase", samples, start, end, 0, expected);
        Expect("rate", samples, start, end, 0, expected == "-" ? "-" : (HistogramText.Number(expected) / (end - start)).ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            .Replace("Infinity", "Inf", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0:30 30:20 60:10", 0, 60, "-20")]
    [InlineData("10:1 20:11 30:21", 0, 30, "30")]
    [InlineData("10:-5 20:5 30:-5", 0, 30, "0")]
    [InlineData("10:5", 0, 30, "-")]
    [InlineData("", 0, 30, "-")]
    public void Delta_Gauge_IsExtrapolatedWithoutResets(string samples, long start, long end, string expected) => Expect("delta", samples, start, end, 0, expected);

    [Theory]
    [InlineData("irate", "0:0 10:10 20:40", "3")]
    [InlineData("irate", "0:0 10:40 20:10", "1")]
    [InlineData("irate", "10:10", "-")]
    [InlineData("irate", "10:10 10:20", "-")]
    [InlineData("irate", "10:NaN 20:20", "NaN")]
    [InlineData("idelta", "0:0 10:40 20:10", "-30")]
    [InlineData("idelta", "", "-")]
    [InlineData("resets", "1:1 2:2 3:1 4:0 5:5", "2")]
    [InlineData("resets", "1:1 2:NaN 3:0", "0")]
    [InlineData("resets", "1:1", "0")]
    [InlineData("resets", "", "-")]
    [InlineData("changes", "1:1 2:1 3:2 4:2 5:1", "2")]
    [InlineData("changes", "1:NaN 2:NaN 3:1 4:NaN", "2")]
    [InlineData("changes", "1:0 2:-0", "0")]
    [InlineData("changes", "1:1", "0")]
    [InlineData("changes", "", "-")]
    [InlineData("deriv", "0:0 10:20 20:40", "2")]
    [InlineData("deriv", "10:1 20:3 30:2", "0.05")]
    [InlineData("deriv", "10:0.1 20:0.1 30:0.1", "0")]
    [InlineData("deriv", "10:Inf 20:Inf", "NaN")]
    [InlineData("deriv", "10:1 20:Inf", "NaN")]
    [InlineData("deriv", "10:1", "-")]
    [InlineData("avg_over_time", "1:1 2:2 3:6", "3")]
    [InlineData("avg_over_time", "1:1.5e308 2:1.5e308 3:1.5e308", "1.5e308")]
    [InlineData("avg_over_time", "1:Inf 2:1", "Inf")]
    [InlineData("avg_over_time", "1:Inf 2:-Inf", "NaN")]
    [InlineData("avg_over_time", "1:-Inf 2:-Inf", "-Inf")]
    [InlineData("avg_over_time", "", "-")]
    [InlineData("sum_over_time", "1:1 2:2 3:6", "9")]
    [InlineData("sum_over_time", "1:1 2:1e100 3:1 4:-1e100", "2")]
    [InlineData("sum_over_time", "1:Inf 2:1e308 3:1", "Inf")]
    [InlineData("sum_over_time", "1:1e308 2:1e308 3:1", "Inf")]
    [InlineData("sum_over_time", "1:Inf 2:-Inf", "NaN")]
    [InlineData("sum_over_time", "1:NaN 2:1", "NaN")]
    [InlineData("sum_over_time", "", "-")]
    [InlineData("min_over_time", "1:3 2:1 3:2", "1")]
    [InlineData("min_over_time", "1:NaN 2:1 3:NaN", "1")]
    [InlineData("min_over_time", "1:NaN 2:NaN", "NaN")]
    [InlineData("min_over_time", "1:-Inf 2:1", "-Inf")]
    [InlineData("min_over_time", "", "-")]
    [InlineData("max_over_time", "1:3 2:1 3:2", "3")]
    [InlineData("max_over_time", "1:NaN 2:1 3:NaN", "1")]
    [InlineData("max_over_time", "1:NaN 2:NaN", "NaN")]
    [InlineData("max_over_time", "", "-")]
    [InlineData("stddev_over_time", "1:2 2:4 3:4 4:4 5:5 6:5 7:7 8:9", "2")]
    [InlineData("stdvar_over_time", "1:2 2:4 3:4 4:4 5:5 6:5 7:7 8:9", "4")]
    [InlineData("stdvar_over_time", "1:1e16 2:1e16 3:1e16", "0")]
    [InlineData("stdvar_over_time", "1:5", "0")]
    [InlineData("stdvar_over_time", "1:5 2:Inf", "NaN")]
    [InlineData("stdvar_over_time", "", "-")]
    [InlineData("count_over_time", "1:5 2:NaN", "2")]
    [InlineData("count_over_time", "", "-")]
    [InlineData("present_over_time", "1:5 2:0", "1")]
    [InlineData("present_over_time", "", "-")]
    [InlineData("first_over_time", "-1:5 1:6 2:7", "6")]
    [InlineData("first_over_time", "", "-")]
    [InlineData("last_over_time", "1:5 2:NaN", "NaN")]
    [InlineData("last_over_time", "1:5 61:7", "5")]
    [InlineData("last_over_time", "", "-")]
    public void Evaluate_Samples_GivesTheResult(string function, string samples, string expected) => Expect(function, samples, 0, 60, 0, expected);

    [Theory]
    [InlineData(0, "5:1 6:2 7:4", "1")]
    [InlineData(0.5, "5:1 6:2 7:4", "2")]
    [InlineData(0.75, "5:4 6:1 7:2", "3")]
    [InlineData(1, "5:1 6:2 7:4", "4")]
    [InlineData(0.3, "5:7", "7")]
    [InlineData(0, "5:NaN 6:1", "NaN")]
    [InlineData(1, "5:NaN 6:1", "1")]
    [InlineData(0.5, "", "-")]
    public void QuantileOverTime_Samples_LiesBetweenTwoOfThem(double quantile, string samples, string expected) => Expect("quantile_over_time", samples, 0, 60, quantile, expected);

    [Theory]
    [InlineData(-0.1, "-Inf")]
    [InlineData(1.1, "Inf")]
    [InlineData(double.NaN, "NaN")]
    public void QuantileOverTime_OutOfRange_IsSaid(double quantile, string expected)
    {
        var annotations = Annotations.None;
        Assert.Equal(HistogramText.Number(expected), new SampleText("1:1").Evaluate("quantile_over_time", 0, 60, quantile, ref annotations).Value);
        Assert.Equal(Annotations.InvalidQuantile, annotations);
    }

    [Theory]
    [InlineData(0, "0:0 20:20 40:40", "60")]
    [InlineData(40, "10:20 20:40 60:120", "200")]
    [InlineData(-60, "10:20 20:40 60:120", "0")]
    [InlineData(3600, "10:7 20:7", "7")]
    [InlineData(0, "10:7", "-")]
    public void PredictLinear_Samples_CountsFromTheEndOfTheWindow(double seconds, string samples, string expected) => Expect("predict_linear", samples, 0, 60, seconds, expected);

    [Fact]
    public void Find_UnknownFunction_IsNone()
    {
        Assert.Null(WindowFunctions.Find("absent_over_time"));
        Assert.Null(WindowFunctions.Find("Rate"));
    }

    [Theory]
    [InlineData("rate", true)]
    [InlineData("increase", true)]
    [InlineData("irate", true)]
    [InlineData("resets", true)]
    [InlineData("delta", false)]
    [InlineData("sum_over_time", false)]
    public void ReadsCounters_Function_IsWhetherIncrementsAreAddedUpForIt(string function, bool expected) => Assert.Equal(expected, WindowFunctions.Find(function)!.ReadsCounters);

    /// <summary>Both ways to evaluate it: on a grid, and window by window.</summary>
    private static void Expect(string function, string samples, long start, long end, double parameter, string expected)
    {
        var text = new SampleText(samples);
        var annotations = Annotations.None;
        Check(text.Evaluate(function, start, end, parameter, ref annotations));
        int from = text.Times.Count(time => time <= start * SampleText.Second), to = text.Times.Count(time => time <= end * SampleText.Second);
        var window = new SampleWindow(start * SampleText.Second, end * SampleText.Second, text.Samples.Slice(from..to, 0..0));
        Check(WindowFunctions.Find(function)!.Evaluate(window, parameter, ref annotations));
        Assert.Equal(Annotations.None, annotations);

        void Check(WindowResult result)
        {
            Assert.Null(result.Histogram);
            Assert.Equal(expected != "-", result.HasValue);
            if (result.HasValue)
            {
                double number = HistogramText.Number(expected);
                Assert.Equal(number, result.Value, double.IsFinite(number) ? Math.Abs(number) * 1e-12 : 0);
            }
        }
    }
}
