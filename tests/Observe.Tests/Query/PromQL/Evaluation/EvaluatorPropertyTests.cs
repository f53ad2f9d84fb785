using System.Globalization;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>Random queries over random series give on a grid what they mean at each of its times.</summary>
public sealed class EvaluatorPropertyTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;
    private const int Rounds = 400;

    private static readonly string[] Functions =
        ["rate", "increase", "delta", "irate", "idelta", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time", "count_over_time", "last_over_time", "changes", "resets"];

    private static readonly string[] SmoothFunctions = ["sum_over_time", "avg_over_time", "min_over_time", "max_over_time", "count_over_time"];

    private static readonly string[] Aggregations = ["sum", "avg", "min", "max", "count", "group"];

    [Fact]
    public async Task Range_RandomQuery_GivesWhatItMeansAtEachTime()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            SampledSeries[] series = [.. RandomSeries(random)];
            PlainQuery query = RandomQuery(random, series, depth: 3);
            var grid = new Grid((600 + random.Next(600)) * Second, random.Next(1, 90) * Second, random.Next(1, 30));
            PromQLAnswer answer = await new PromQLService(new MemoryMetricSource(series), TimeProvider.System)
                .RangeAsync(query.Text, grid, null, TestContext.Current.CancellationToken);
            IReadOnlyList<Series> found = ((VectorValue)answer.Value!).Series;
            for (int step = 0; step < grid.Count; step++)
            {
                Dictionary<Labels, double> expected = query.At(grid[step]);
                var actual = found.Where(one => one.Has(step)).ToDictionary(one => one.Labels, one => one.Values[step]);
                Assert.True(
                    expected.Count == actual.Count && expected.All(one => actual.TryGetValue(one.Key, out double value) && AreClose(one.Value, value)),
                    $"seed {seed}, round {round}, at {grid[step] / Second}: {query.Text}\nexpected {Text(expected)}\nactual   {Text(actual)}");
            }
        }
    }

    /// <summary>In another order sums are rounded otherwise.</summary>
    private static bool AreClose(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));

    private static string Text(Dictionary<Labels, double> vector) => string.Join(" ; ", vector.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));

    private static IEnumerable<SampledSeries> RandomSeries(Random random)
    {
        foreach (string name in new[] { "m", "n" })
        {
            foreach (string a in new[] { "1", "2" })
            {
                foreach (string b in new[] { "x", "y" })
                {
                    if (random.Next(5) > 0)
                    {
                        yield return new SampledSeries(
                            Labels.Of(("__name__", name), ("a", a), ("b", b)), RandomSamples(random), Samples<FloatHistogram>.Empty);
                    }
                }
            }
        }
    }

    private static Samples<double> RandomSamples(Random random)
    {
        var samples = new SamplesBuilder<double>();
        double value = random.Next(-20, 20);
        for (long time = random.Next(60); time < 3_600; time += random.Next(30) == 0 ? random.Next(300, 500) : random.Next(10, 20))
        {
            value = random.Next(12) == 0 ? random.Next(-20, 20) : value + random.Next(5);
            samples.Add(time * Second, random.Next(25) == 0 ? StaleMarker.Value : value);
        }

        return samples.Build();
    }

    private static PlainQuery RandomQuery(Random random, SampledSeries[] series, int depth)
    {
        string name = random.Next(2) == 0 ? "m" : "n";
        PlainQuery Inner() => RandomQuery(random, series, depth - 1);
        PlainQuery Aggregated() => Inner().Aggregate(One(random, Aggregations), "a", "b");
        return (depth == 0 ? random.Next(2) : random.Next(11)) switch
        {
            0 => PlainQuery.Select(series, name, random.Next(2) * 90),
            1 => PlainQuery.Window(series, name, One(random, Functions), random.Next(20, 600)),
            2 => Inner().Aggregate(One(random, Aggregations), One(random, "a", "b")),
            3 => Inner().Each("-", "", value => -value),
            4 => Inner().Each("", " * 0.5 + 1", value => (value * 0.5) + 1),

            // No result is exactly this, and none so near to it that rounding decides.
            5 => Inner().Filter("> 2.0001", value => value > 2.0001),
            6 => Inner().Again(One(random, SmoothFunctions), random.Next(60, 300), random.Next(10, 60)),
            7 => Aggregated().Combine("-", Aggregated(), (left, right) => left - right),
            8 => Aggregated().And(Aggregated()),
            9 => Aggregated().Unless(Aggregated()),
            _ => Aggregated().Or(Aggregated()),
        };
    }

    private static string One(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
