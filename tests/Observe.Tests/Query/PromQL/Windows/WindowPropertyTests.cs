using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Windows;
using Observe.Tests.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>All functions over random samples on random grids, against plain references.</summary>
public sealed class WindowPropertyTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;

    public static TheoryData<string> Functions =>
    [
        "rate", "increase", "delta", "irate", "idelta", "resets", "changes", "deriv", "predict_linear", "sum_over_time", "avg_over_time", "min_over_time",
        "max_over_time", "quantile_over_time", "stddev_over_time", "stdvar_over_time", "count_over_time", "present_over_time", "first_over_time", "last_over_time",
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Evaluate_OnAGrid_IsTheReferenceInEachWindow(string name) => Repeat((random, because) =>
    {
        (long[] times, double[] values) = RandomSamples(random, special: name is not ("stdvar_over_time" or "stddev_over_time" or "deriv" or "predict_linear" or "quantile_over_time"));
        WindowGrid grid = RandomGrid(random);
        double parameter = name == "predict_linear" ? random.Next(-100, 100) : random.NextDouble();
        var results = new double[grid.Steps];
        var annotations = Annotations.None;
        WindowFunctions.Evaluate(WindowFunctions.Find(name)!, new SeriesSamples(times, values), grid, [parameter], results, [], ref annotations);
        for (int step = 0; step < grid.Steps; step++)
        {
            long end = grid.End(step);
            (double, double)[] inside = [.. times.Zip(values).Where(sample => sample.First > end - grid.Window && sample.First <= end).Select(sample => (sample.First / 1e9, sample.Second))];
            double? expected = ReferenceFunctions.Evaluate(name, (end - grid.Window) / 1e9, end / 1e9, inside, parameter);
            AssertClose(expected, results[step], $"{because}, {name} at step {step} of {string.Join(' ', inside)}");
        }

        Assert.Equal(Annotations.None, annotations);
    });

    /// <summary>The faster ways on a grid give what the function itself gives for each window: the same bits, or for sums the same but for the last digits.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Slide_OnAGrid_IsTheFunctionInEachWindow(string name) => Repeat((random, because) =>
    {
        WindowFunction function = WindowFunctions.Find(name)!;
        (long[] times, double[] values) = RandomSamples(random, special: true);
        WindowGrid grid = RandomGrid(random);
        var results = new double[grid.Steps];
        var annotations = Annotations.None;
        WindowFunctions.Evaluate(function, new SeriesSamples(times, values), grid, [0.5], results, [], ref annotations);
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            WindowResult one = function.Evaluate(new SampleWindow(slider.Start, slider.End, new SeriesSamples(times[slider.Range], values[slider.Range])), 0.5, ref annotations);
            double expected = one.HasValue ? one.Value : StaleMarker.Value, actual = results[slider.Step];
            bool same = expected.Equals(actual) && StaleMarker.Is(expected) == StaleMarker.Is(actual);
            bool isSum = name is "sum_over_time" or "avg_over_time";
            Assert.True(same || (isSum && Math.Abs(expected - actual) <= 1e-15 * Math.Abs(expected)), $"{because}, {name} at step {slider.Step}: {expected:R}, not {actual:R}");
        }
    });

    [Fact]
    public void Slider_AnyGrid_FindsTheSamplesInEachWindow() => Repeat((random, because) =>
    {
        (long[] times, _) = RandomSamples(random, special: false);
        WindowGrid grid = RandomGrid(random);
        var slider = new WindowSlider(times, grid);
        int steps = 0;
        while (slider.MoveNext())
        {
            long end = grid.Start + (steps * grid.Step);
            Assert.Equal((steps, end - grid.Window, end), (slider.Step, slider.Start, slider.End));
            Assert.Equal(times.Where(time => time > end - grid.Window && time <= end), times[slider.Range]);
            steps++;
        }

        Assert.Equal(grid.Steps, steps);
        Assert.True(grid.Start + (steps * grid.Step) > grid.Start + ((grid.Steps - 1) * grid.Step), because);
    });

    /// <summary>Resets that are found once for a series are those that each window finds.</summary>
    [Theory]
    [InlineData("rate")]
    [InlineData("increase")]
    [InlineData("irate")]
    [InlineData("resets")]
    public void Evaluate_HistogramsOnAGrid_IsTheFunctionInEachWindow(string name) => Repeat((random, because) =>
    {
        WindowFunction function = WindowFunctions.Find(name)!;
        (long[] times, FloatHistogram[] histograms) = RandomHistograms(random);
        WindowGrid grid = RandomGrid(random);
        var values = new double[grid.Steps];
        var results = new FloatHistogram?[grid.Steps];
        var annotations = Annotations.None;
        WindowFunctions.Evaluate(function, new SeriesSamples([], [], times, histograms), grid, [], values, results, ref annotations);
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            var samples = new SeriesSamples([], [], times[slider.Range], histograms[slider.Range]);
            WindowResult one = function.Evaluate(new SampleWindow(slider.Start, slider.End, samples), 0, ref annotations);
            Assert.True(Equals(one.Histogram, results[slider.Step]), because);
            Assert.True(one.Histogram is not null || (one.HasValue ? one.Value == values[slider.Step] : StaleMarker.Is(values[slider.Step])), because);
        }
    });

    internal static (long[] Times, FloatHistogram[] Histograms) RandomHistograms(Random random)
    {
        // A counter that grows, is restarted now and then, and becomes coarser.
        List<long> times = [];
        List<FloatHistogram> histograms = [];
        Observations all = new([]);
        int schema = random.Next(-2, 9);
        for (int i = random.Next(30); i > 0; i--)
        {
            bool restart = random.Next(8) == 0;
            schema = restart ? random.Next(-2, 9) : Math.Max(-4, schema - (random.Next(6) == 0 ? 1 : 0));
            all = restart ? Observations.Random(random, true) : all.And(Observations.Random(random, true));
            times.Add((times.Count == 0 ? 0 : times[^1]) + random.Next(1, 30) * Second);
            histograms.Add(all.ToHistogram(schema, 0));
        }

        return ([.. times], [.. histograms]);
    }

    internal static (long[] Times, double[] Values) RandomSamples(Random random, bool special)
    {
        int number = random.Next(80), most = random.Next(1, 60);
        var times = new long[number];
        var values = new double[number];
        long time = random.Next(-50, 50) * Second;
        double counter = random.Next(3) == 0 ? 0 : random.Next(1_000_000);
        for (int i = 0; i < number; i++)
        {
            time += random.Next(3) == 0 ? random.Next(1, most + 1) * Second : random.NextInt64(1, most * Second);
            counter = random.Next(12) == 0 ? random.Next(5) : counter + (random.Next(4) == 0 ? 0 : random.NextDouble() * 100);
            times[i] = time;
            values[i] = !special || random.Next(15) > 0 ? counter : random.Next(6) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => double.NegativeInfinity,
                3 => -counter,
                4 => -0.0,
                _ => 0,
            };
        }

        return (times, values);
    }

    private static WindowGrid RandomGrid(Random random)
    {
        long start = random.Next(-100, 500) * Second;
        return new WindowGrid(start, start + random.NextInt64(0, 500 * Second), random.NextInt64(1, 100) * Second, random.Next(5) == 0 ? 0 : random.Next(1, 300) * Second);
    }

    private static void AssertClose(double? expected, double actual, string because)
    {
        if (expected is not { } number)
        {
            Assert.True(StaleMarker.Is(actual), because);
            return;
        }

        Assert.False(StaleMarker.Is(actual), because);
        Assert.True(number.Equals(actual) || Math.Abs(number - actual) <= 1e-8 * Math.Max(1, Math.Abs(number)), $"{because}: {number:R}, not {actual:R}");
    }

    private void Repeat(Action<Random, string> check)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 400; round++)
        {
            check(random, $"seed {seed}, round {round}");
        }
    }
}
