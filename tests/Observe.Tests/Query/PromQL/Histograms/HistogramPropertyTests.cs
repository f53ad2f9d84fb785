using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

/// <summary>Histograms of random observations against the observations themselves.</summary>
public sealed class HistogramPropertyTests(ITestOutputHelper output)
{
    private static readonly double[] Thresholds = [0, 0.001, 0.25, 0.3, 1, 1.5, 5];

    [Fact]
    public void Add_AnySchemasAndZeroBuckets_CountsEachObservationWhereItLies() => Repeat((random, because) =>
    {
        (Observations left, Observations right) = (Observations.Random(random, false), Observations.Random(random, false));
        FloatHistogram first = left.ToHistogram(random.Next(-4, 9), Thresholds[random.Next(Thresholds.Length)]);
        FloatHistogram second = right.ToHistogram(random.Next(-4, 9), Thresholds[random.Next(Thresholds.Length)]);
        left.AssertCountedIn(first, because);

        var annotations = Annotations.None;
        FloatHistogram sum = HistogramArithmetic.Add(first, second, ref annotations)!;
        left.And(right).AssertCountedIn(sum, because);
        Assert.Equal(sum with { Sum = 0 }, HistogramArithmetic.Add(second, first, ref annotations)! with { Sum = 0 });
        FloatHistogram difference = HistogramArithmetic.Subtract(sum, second, ref annotations)!;
        Assert.Equal(first.Count, difference.Count);
        Assert.True(Total(difference) == left.Values.Length, because);
        Assert.Equal(Annotations.None, annotations);
    });

    [Fact]
    public void Add_AnyCustomBounds_CountsEachObservationWhereItLies() => Repeat((random, because) =>
    {
        (Observations left, Observations right) = (Observations.Random(random, false), Observations.Random(random, false));
        var annotations = Annotations.None;
        FloatHistogram sum = HistogramArithmetic.Add(left.ToHistogram(Bounds(random)), right.ToHistogram(Bounds(random)), ref annotations)!;
        left.And(right).AssertCountedIn(sum, because);
    });

    [Fact]
    public void ReduceTo_AnySchema_IsWhatWouldHaveBeenCounted() => Repeat((random, because) =>
    {
        Observations observations = Observations.Random(random, false);
        int schema = random.Next(-4, 9), lower = random.Next(-4, schema + 1);
        Assert.True(observations.ToHistogram(lower, 0).Equals(observations.ToHistogram(schema, 0).ReduceTo(lower)), because);
    });

    /// <summary>More observations are never a reset, in whatever coarser layout; fewer always are.</summary>
    [Fact]
    public void Between_GrowingObservations_IsNoReset() => Repeat((random, because) =>
    {
        Observations before = Observations.Random(random, false);
        Observations after = before.And(Observations.Random(random, false));
        int schema = random.Next(-4, 9);
        FloatHistogram previous = before.ToHistogram(schema, 0), current = after.ToHistogram(random.Next(-4, schema + 1), 0);
        Assert.False(CounterReset.Between(previous, current), because);
        Assert.True(CounterReset.Between(current, previous), because);
    });

    [Fact]
    public void Sum_ManyHistograms_IsTheirSumOneByOne() => Repeat((random, because) =>
    {
        var sum = new HistogramSum();
        var mean = new HistogramMean();
        FloatHistogram? plain = null;
        var annotations = Annotations.None;
        int number = random.Next(1, 12);
        for (int i = 0; i < number; i++)
        {
            FloatHistogram next = Observations.Random(random, false).ToHistogram(random.Next(-4, 9), Thresholds[random.Next(Thresholds.Length)]);
            plain = plain is null ? next : HistogramArithmetic.Add(plain, next, ref annotations);
            Assert.True(sum.Add(next, ref annotations));
            Assert.True(mean.Add(next, ref annotations));
        }

        Assert.Equal(plain! with { Sum = 0 }, sum.Value! with { Sum = 0 });
        Assert.Equal(plain!.Sum, sum.Value!.Sum, 1e-9);
        Assert.Equal(plain.Divide(number) with { Sum = 0 }, mean.Value! with { Sum = 0 });
        Assert.Equal(Annotations.None, annotations);
    });

    [Fact]
    public void Sum_TermsThatCancel_LosesNothing()
    {
        var annotations = Annotations.None;
        var sum = new HistogramSum();
        foreach (double count in new[] { 1, 1e100, 1, -1e100 })
        {
            sum.Add(HistogramText.Parse("count:1 sum:1 z_bucket:1 buckets:[1] n_buckets:[1]").Multiply(count) with { CounterResetHint = CounterResetHint.Unknown }, ref annotations);
        }

        Assert.Equal(HistogramText.Parse("count:2 sum:2 z_bucket:2 buckets:[2] n_buckets:[2]"), sum.Value);
    }

    [Fact]
    public void Mean_SumThatOverflows_IsCarriedAlong()
    {
        var annotations = Annotations.None;
        var mean = new HistogramMean();
        for (int i = 0; i < 5; i++)
        {
            mean.Add(HistogramText.Parse("count:1 sum:1 buckets:[1]").Multiply(1.5e308), ref annotations);
        }

        Assert.Equal(1.5e308, mean.Value!.Count, 1e295);
        Assert.Equal(1.5e308, mean.Value.Positive.Counts[0], 1e295);
    }

    [Fact]
    public void Sum_HintsThatCollide_IsSaidWhereverTheyStand()
    {
        var annotations = Annotations.None;
        var sum = new HistogramSum();
        foreach (CounterResetHint hint in new[] { CounterResetHint.CounterReset, CounterResetHint.Unknown, CounterResetHint.NotCounterReset })
        {
            sum.Add(new FloatHistogram { Count = 1, CounterResetHint = hint }, ref annotations);
        }

        Assert.Equal(Annotations.CounterResetCollision, annotations);
        Assert.Equal(CounterResetHint.Unknown, sum.Value!.CounterResetHint);
    }

    [Fact]
    public void Sum_ExponentialAndCustom_IsRefused()
    {
        var annotations = Annotations.None;
        var sum = new HistogramSum();
        Assert.Null(sum.Value);
        Assert.True(sum.Add(HistogramText.Parse("count:1 buckets:[1]"), ref annotations));
        Assert.False(sum.Add(HistogramText.Parse("schema:-53 count:1 buckets:[1]"), ref annotations));
        Assert.Equal(Annotations.MixedExponentialCustom, annotations);
    }

    private static double Total(FloatHistogram histogram) =>
        histogram.ZeroCount + histogram.Positive.Counts.ToArray().Sum() + histogram.Negative.Counts.ToArray().Sum();

    private static double[] Bounds(Random random) => [.. new double[] { -8, -1, 0, 0.25, 0.5, 1, 2, 4, 8 }.Where(_ => random.Next(3) > 0)];

    private void Repeat(Action<Random, string> check)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++)
        {
            check(random, $"seed {seed}, round {round}");
        }
    }
}
