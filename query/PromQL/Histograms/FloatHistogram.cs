using System.Collections.Immutable;

namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// A native histogram with counts in floating point, as PromQL calculates with it. Immutable. What it means is in
/// https://prometheus.io/docs/specs/native_histograms/.
/// </summary>
public sealed record FloatHistogram
{
    /// <summary>The schema of histograms whose bounds were chosen by hand.</summary>
    public const int CustomBucketsSchema = -53;

    /// <summary>-4 to 8 for exponential buckets, of which 2^schema lie between two powers of two, or <see cref="CustomBucketsSchema"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    public int Schema
    {
        get;
        init => field = value is CustomBucketsSchema or (>= ExponentialBuckets.MinSchema and <= ExponentialBuckets.MaxSchema)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A schema is -4 to 8, or -53 for custom buckets.");
    }

    public CounterResetHint CounterResetHint { get; init; }

    /// <summary>All observations, those of NaN included, which are in no exponential bucket.</summary>
    public double Count { get; init; }

    /// <summary>The observations added up.</summary>
    public double Sum { get; init; }

    /// <summary>The largest absolute value that counts as zero. Unused with custom buckets, as the next three.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
    public double ZeroThreshold
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The threshold of zero is 0 or more.");
    }

    /// <summary>Observations from -<see cref="ZeroThreshold"/> to <see cref="ZeroThreshold"/>.</summary>
    public double ZeroCount { get; init; }

    /// <summary>Buckets of negative observations, by the index that the positive bucket with the same absolute values has.</summary>
    public BucketCounts Negative { get; init; } = BucketCounts.Empty;

    /// <summary>
    /// Buckets of positive observations; with custom buckets bucket i is the one below <see cref="CustomBounds"/>[i], and the last one reaches to +Inf.
    /// </summary>
    public BucketCounts Positive { get; init; } = BucketCounts.Empty;

    /// <summary>Inclusive upper bounds, strictly increasing and finite, without the +Inf of the last bucket.</summary>
    public ImmutableArray<double> CustomBounds { get; init; } = [];

    public bool UsesCustomBuckets => Schema == CustomBucketsSchema;

    /// <summary>How many buckets <see cref="BucketAt"/> knows.</summary>
    public int BucketCount => Negative.Length + (HasZeroBucket ? 1 : 0) + Positive.Length;

    /// <summary>How many numbers with their times take as much memory.</summary>
    public int SizeInSamples => 10 + Negative.Length + Positive.Length;

    private bool HasZeroBucket => ZeroCount > 0;

    /// <summary>The populated buckets from the lowest to the highest, the zero bucket among them.</summary>
    /// <param name="position">From 0 to <see cref="BucketCount"/> - 1.</param>
    public HistogramBucket BucketAt(int position)
    {
        if (position < Negative.Length)
        {
            position = Negative.Length - 1 - position;
            int index = Negative.Indexes[position];

            // A zero bucket that was widened may reach into the bucket next to it.
            double upper = Math.Min(-ExponentialBuckets.Upper(Schema, index - 1), -ZeroThreshold);
            return new HistogramBucket(-ExponentialBuckets.Upper(Schema, index), upper, true, false, Negative.Counts[position]);
        }

        position -= Negative.Length;
        if (HasZeroBucket && position-- == 0)
        {
            return new HistogramBucket(0 - ZeroThreshold, ZeroThreshold, true, true, ZeroCount);
        }

        return UsesCustomBuckets ? CustomBucketAt(position) : PositiveBucketAt(position);
    }

    /// <summary>
    /// The same data, in which NaN is the same as itself. What is known of the histogram before, <see cref="CounterResetHint"/>, is not part of them.
    /// </summary>
    public bool Equals(FloatHistogram? other) =>
        other is not null
        && Schema == other.Schema
        && Count.Equals(other.Count)
        && Sum.Equals(other.Sum)
        && ZeroThreshold == other.ZeroThreshold
        && ZeroCount.Equals(other.ZeroCount)
        && Histograms.CustomBounds.Match(CustomBounds, other.CustomBounds)
        && Negative.Equals(other.Negative)
        && Positive.Equals(other.Positive);

    public override int GetHashCode() => HashCode.Combine(Schema, Count, Sum, ZeroCount, Negative, Positive);

    /// <summary>All counts and the sum times a number. A negative one makes a gauge of it, for a counter has no negative counts.</summary>
    public FloatHistogram Multiply(double factor) => this with
    {
        CounterResetHint = factor < 0 ? CounterResetHint.Gauge : CounterResetHint,
        Count = Count * factor,
        Sum = Sum * factor,
        ZeroCount = UsesCustomBuckets ? 0 : ZeroCount * factor,
        Negative = Negative.Multiply(factor),
        Positive = Positive.Multiply(factor),
    };

    /// <summary>All counts and the sum by a number. By zero no buckets are left, and the rest is infinite or NaN.</summary>
    public FloatHistogram Divide(double divisor) => this with
    {
        CounterResetHint = divisor < 0 ? CounterResetHint.Gauge : CounterResetHint,
        Count = Count / divisor,
        Sum = Sum / divisor,
        ZeroCount = UsesCustomBuckets ? 0 : ZeroCount / divisor,
        Negative = divisor == 0 ? BucketCounts.Empty : Negative.Divide(divisor),
        Positive = divisor == 0 ? BucketCounts.Empty : Positive.Divide(divisor),
    };

    public FloatHistogram Negate() => Multiply(-1);

    /// <summary>The same observations in the wider buckets of a lower schema.</summary>
    /// <param name="schema">An exponential one, not above this histogram's.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is above, or one of the two has custom buckets.</exception>
    public FloatHistogram ReduceTo(int schema)
    {
        if (schema == Schema)
        {
            return this;
        }

        if (UsesCustomBuckets || schema > Schema || schema < ExponentialBuckets.MinSchema)
        {
            throw new ArgumentOutOfRangeException(nameof(schema), schema, $"A histogram of schema {Schema} has no other resolution than those of lower exponential schemas.");
        }

        return this with { Schema = schema, Negative = Reduced(Negative, Schema - schema), Positive = Reduced(Positive, Schema - schema) };
    }

    private static BucketCounts Reduced(BucketCounts buckets, int by)
    {
        var targets = new int[buckets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = ExponentialBuckets.Reduce(buckets.Indexes[i], by);
        }

        return buckets.Remap(targets);
    }

    private HistogramBucket PositiveBucketAt(int position)
    {
        int index = Positive.Indexes[position];
        double lower = Math.Max(ExponentialBuckets.Upper(Schema, index - 1), ZeroThreshold);
        return new HistogramBucket(lower, ExponentialBuckets.Upper(Schema, index), false, true, Positive.Counts[position]);
    }

    private HistogramBucket CustomBucketAt(int position)
    {
        int index = Positive.Indexes[position];
        double lower = index == 0 ? double.NegativeInfinity : CustomBounds[index - 1];
        double upper = index == CustomBounds.Length ? double.PositiveInfinity : CustomBounds[index];
        return new HistogramBucket(lower, upper, index == 0, true, Positive.Counts[position]);
    }
}
