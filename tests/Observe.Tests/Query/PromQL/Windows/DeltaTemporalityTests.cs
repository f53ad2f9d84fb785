using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Windows;
using Observe.Tests.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>Increments behave as the counter that they are the increments of, which is kept beside them here.</summary>
public sealed class DeltaTemporalityTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;

    public static TheoryData<string> CounterFunctions => ["rate", "increase", "irate", "resets"];

    [Theory]
    [MemberData(nameof(CounterFunctions))]
    public void Accumulate_Floats_GivesWhatTheCumulativeTwinGives(string function) => Repeat(random =>
    {
        int number = random.Next(60);
        var times = new long[number];
        var increments = new double[number];
        var twin = new double[number];
        double counter = 0;
        for (int i = 0; i < number; i++)
        {
            times[i] = ((i * 15) + random.Next(10)) * Second;
            increments[i] = random.Next(4) == 0 ? 0 : random.Next(1_000) / 8d;
            counter += increments[i];
            twin[i] = counter;
        }

        // In two pieces, as they would be read from two parts.
        int cut = random.Next(number + 1);
        double before = DeltaTemporality.Accumulate(increments.AsSpan(0, cut));
        Assert.Equal(counter, DeltaTemporality.Accumulate(increments.AsSpan(cut), before));
        Assert.Equal(Evaluate(function, times, twin), Evaluate(function, times, increments));
    });

    [Fact]
    public void Accumulate_AnyIncrementsOfZeroOrMore_NeverFalls() => Repeat(random =>
    {
        var increments = new double[1_000];
        foreach (ref double increment in increments.AsSpan())
        {
            increment = Math.Exp((random.NextDouble() - 0.5) * 80);
        }

        DeltaTemporality.Accumulate(increments);
        Assert.Equal(increments.Order(), increments);
    });

    [Fact]
    public void Accumulate_NaN_AddsNothing()
    {
        double[] increments = [1, double.NaN, 2, double.NaN, 4];
        Assert.Equal(17, DeltaTemporality.Accumulate(increments, 10));
        Assert.Equal([11, double.NaN, 13, double.NaN, 17], increments);
    }

    [Theory]
    [MemberData(nameof(CounterFunctions))]
    public void Accumulate_Histograms_GivesWhatTheCumulativeTwinGives(string function) => Repeat(random =>
    {
        // An exporter of increments chooses the resolution of each anew; the twin's falls with the lowest.
        int number = random.Next(20), lowest = 8;
        var times = new long[number];
        var increments = new FloatHistogram[number];
        var twin = new FloatHistogram[number];
        Observations all = new([]);
        for (int i = 0; i < number; i++)
        {
            Observations next = Whole(Observations.Random(random, true));
            int schema = random.Next(-4, 9);
            lowest = Math.Min(lowest, schema);
            all = all.And(next);
            times[i] = ((i * 15) + random.Next(10)) * Second;
            increments[i] = next.ToHistogram(schema, 0) with { CounterResetHint = CounterResetHint.Gauge };
            twin[i] = all.ToHistogram(lowest, 0);
        }

        int cut = random.Next(number + 1);
        FloatHistogram? before = DeltaTemporality.Accumulate(increments.AsSpan(0, cut));
        DeltaTemporality.Accumulate(increments.AsSpan(cut), before);
        Assert.Equal(twin, increments);
        Assert.Equal(Evaluate(function, times, twin), Evaluate(function, times, increments));
    });

    [Fact]
    public void Accumulate_OtherBounds_BeginsAnewAndLosesNothing()
    {
        FloatHistogram[] increments =
        [
            HistogramText.Parse("schema:-53 count:3 custom_values:[1 2] buckets:[1 1 1]"), HistogramText.Parse("schema:-53 count:3 custom_values:[1 2] buckets:[1 1 1]"),
            HistogramText.Parse("schema:-53 count:4 custom_values:[1 3] buckets:[2 2]"), HistogramText.Parse("schema:-53 count:4 custom_values:[1 3] buckets:[2 2]"),
        ];
        DeltaTemporality.Accumulate(increments);
        Assert.Equal([3, 6, 4, 8], increments.Select(histogram => histogram.Count));
        Assert.Equal(
            [CounterResetHint.Unknown, CounterResetHint.NotCounterReset, CounterResetHint.CounterReset, CounterResetHint.NotCounterReset],
            increments.Select(histogram => histogram.CounterResetHint));

        var annotations = Annotations.None;
        var samples = new SeriesSamples([], [], [0, 20 * Second, 40 * Second, 60 * Second], increments);
        WindowResult increase = WindowFunctions.Find("increase")!.Evaluate(new SampleWindow(-1, 60 * Second, samples), 0, ref annotations);
        Assert.Equal(11, increase.Histogram!.Count, 1e-6);
        Assert.Equal([5, 6], increase.Histogram.Positive.Counts.ToArray().Select(count => Math.Round(count)));
    }

    /// <summary>Sums of whole numbers are exact in whatever order.</summary>
    private static Observations Whole(Observations observations) => new([.. observations.Values.Select(value => Math.Ceiling(value))]);

    private static List<object?> Evaluate(string function, long[] times, double[] values)
    {
        var grid = new WindowGrid(0, 900 * Second, 7 * Second, 60 * Second);
        var results = new double[grid.Steps];
        var annotations = Annotations.None;
        WindowFunctions.Evaluate(WindowFunctions.Find(function)!, new SeriesSamples(times, values), grid, [], results, [], ref annotations);
        return [.. results.Select(BitConverter.DoubleToInt64Bits)];
    }

    private static List<object?> Evaluate(string function, long[] times, FloatHistogram[] histograms)
    {
        var grid = new WindowGrid(0, 300 * Second, 7 * Second, 60 * Second);
        var values = new double[grid.Steps];
        var results = new FloatHistogram?[grid.Steps];
        var annotations = Annotations.None;
        WindowFunctions.Evaluate(WindowFunctions.Find(function)!, new SeriesSamples([], [], times, histograms), grid, [], values, results, ref annotations);
        Assert.Equal(Annotations.None, annotations);
        return [.. values.Select(BitConverter.DoubleToInt64Bits), .. results];
    }

    private void Repeat(Action<Random> check)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            check(random);
        }
    }
}
