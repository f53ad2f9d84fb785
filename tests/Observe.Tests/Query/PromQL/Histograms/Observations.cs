using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

/// <summary>The plain reference of a histogram: all observations, one by one.</summary>
internal sealed record Observations(double[] Values)
{
    public static Observations Random(Random random, bool positiveOnly)
    {
        var values = new double[random.Next(1, 60)];
        for (int i = 0; i < values.Length; i++)
        {
            // On bounds, between them, around zero and at zero.
            double value = random.Next(6) switch
            {
                0 => 0,
                1 => Math.ScaleB(1, random.Next(-12, 12)),
                _ => Math.Exp((random.NextDouble() - 0.5) * 12),
            };
            values[i] = !positiveOnly && random.Next(3) == 0 ? -value : value;
        }

        return new Observations(values);
    }

    public Observations And(Observations other) => new([.. Values, .. other.Values]);

    /// <summary>Counts each observation in the bucket that holds it, which is looked for by the definition of buckets.</summary>
    public FloatHistogram ToHistogram(int schema, double zeroThreshold)
    {
        SortedDictionary<int, double> positive = [], negative = [];
        double zero = 0;
        foreach (double value in Values)
        {
            if (Math.Abs(value) <= zeroThreshold)
            {
                zero++;
                continue;
            }

            SortedDictionary<int, double> side = value > 0 ? positive : negative;
            int index = Index(schema, Math.Abs(value));
            side[index] = side.GetValueOrDefault(index) + 1;
        }

        return new FloatHistogram
        {
            Schema = schema,
            Count = Values.Length,
            Sum = Values.Sum(),
            ZeroThreshold = zeroThreshold,
            ZeroCount = zero,
            Positive = Counts(positive),
            Negative = Counts(negative),
        };
    }

    public FloatHistogram ToHistogram(double[] bounds)
    {
        var counts = new double[bounds.Length + 1];
        foreach (double value in Values)
        {
            counts[bounds.Count(bound => bound < value)]++;
        }

        return new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = Values.Length,
            Sum = Values.Sum(),
            CustomBounds = [.. bounds],
            Positive = BucketCounts.FromDense(0, counts),
        };
    }

    /// <summary>Asserts that each bucket has as many observations as lie within its bounds, and that all lie in one.</summary>
    public void AssertCountedIn(FloatHistogram histogram, string because)
    {
        Assert.True(Values.Length == histogram.Count, because);
        double counted = 0;
        for (int i = 0; i < histogram.BucketCount; i++)
        {
            HistogramBucket bucket = histogram.BucketAt(i);
            int inside = Values.Count(value =>
                (bucket.LowerInclusive ? value >= bucket.Lower : value > bucket.Lower) && (bucket.UpperInclusive ? value <= bucket.Upper : value < bucket.Upper));
            Assert.True(inside == bucket.Count, $"{because}: {inside} observations in {bucket}");
            counted += bucket.Count;
        }

        Assert.True(Values.Length == counted, $"{because}: {counted} of {Values.Length} observations are in buckets");
    }

    /// <summary>The least i with value ≤ 2^(i·2^-schema).</summary>
    private static int Index(int schema, double value)
    {
        double width = Math.ScaleB(1, -schema);
        int index = (int)Math.Ceiling(Math.Log2(value) / width) - 2;
        while (Math.Pow(2, index * width) < value)
        {
            index++;
        }

        return index;
    }

    private static BucketCounts Counts(SortedDictionary<int, double> buckets)
    {
        if (buckets.Count == 0)
        {
            return BucketCounts.Empty;
        }

        int first = buckets.Keys.First();
        var dense = new double[buckets.Keys.Last() - first + 1];
        foreach ((int index, double count) in buckets)
        {
            dense[index - first] = count;
        }

        return BucketCounts.FromDense(first, dense);
    }
}
