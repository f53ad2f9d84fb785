using System.Collections.Immutable;
using System.Globalization;

namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// Native histograms of OpenTelemetry's data points: of exponential ones with the same resolution, of those with explicit bounds with custom buckets. See
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#exponential-histograms.
/// </summary>
public static class OtlpHistograms
{
    /// <summary>Of an ExponentialHistogramDataPoint.</summary>
    /// <param name="scale">-4 or more. The finest schema has scale 8, so a higher one is lowered to it, which merges buckets.</param>
    /// <param name="sum">0 when the point has none.</param>
    /// <param name="hint"><see cref="CounterResetHint.Gauge"/> for delta temporality, whose points are increments.</param>
    /// <exception cref="InvalidHistogramException">
    /// The scale is too low, the threshold of zero is no number, or a bucket lies beyond what a double holds.
    /// </exception>
    public static FloatHistogram FromExponential(
        int scale, ulong count, double sum, double zeroThreshold, ulong zeroCount, OtlpBuckets positive, OtlpBuckets negative, CounterResetHint hint)
    {
        if (scale < ExponentialBuckets.MinSchema)
        {
            throw new InvalidHistogramException(
                $"An exponential histogram of scale {scale} is too coarse for PromQL, whose coarsest one is {ExponentialBuckets.MinSchema}: let the SDK keep more buckets, or a smaller range of values.");
        }

        if (!(zeroThreshold >= 0) || double.IsInfinity(zeroThreshold))
        {
            throw new InvalidHistogramException(
                $"An exponential histogram has the zero_threshold {zeroThreshold.ToString(CultureInfo.InvariantCulture)}: it is a number, 0 or more.");
        }

        int schema = Math.Min(scale, ExponentialBuckets.MaxSchema);
        return new FloatHistogram
        {
            Schema = schema,
            CounterResetHint = hint,
            Count = count,
            Sum = sum,
            ZeroThreshold = zeroThreshold,
            ZeroCount = zeroCount,
            Positive = Buckets(positive, schema, scale - schema),
            Negative = Buckets(negative, schema, scale - schema),
        };
    }

    /// <summary>Of a HistogramDataPoint.</summary>
    /// <param name="bounds">explicit_bounds: inclusive upper ones. Points of one series should share the array.</param>
    /// <param name="counts">bucket_counts: one more than bounds; none if the point has none, and then all observations are in one bucket.</param>
    /// <param name="sum">As for <see cref="FromExponential"/>, as <paramref name="hint"/>.</param>
    /// <exception cref="InvalidHistogramException">The bounds do not increase, are not finite, or do not fit the counts.</exception>
    public static FloatHistogram FromExplicitBounds(ImmutableArray<double> bounds, ReadOnlySpan<ulong> counts, ulong count, double sum, CounterResetHint hint)
    {
        if (counts.Length == 0 && bounds.Length == 0)
        {
            counts = new[] { count };
        }

        if (counts.Length != bounds.Length + 1)
        {
            throw new InvalidHistogramException(
                $"A histogram has {bounds.Length} explicit_bounds and {counts.Length} bucket_counts: it has one count more than bounds, that of the observations above all of them.");
        }

        for (int i = 0; i < bounds.Length; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                throw new InvalidHistogramException(
                    $"A histogram has the explicit_bounds {string.Join(", ", bounds.Take(20).Select(bound => bound.ToString(CultureInfo.InvariantCulture)))}: they are finite and increase; +Inf is not written.");
            }
        }

        var dense = new double[counts.Length];
        for (int i = 0; i < dense.Length; i++)
        {
            dense[i] = counts[i];
        }

        return new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            CounterResetHint = hint,
            Count = count,
            Sum = sum,
            CustomBounds = bounds,
            Positive = BucketCounts.FromDense(0, dense),
        };
    }

    private static BucketCounts Buckets(OtlpBuckets buckets, int schema, int scaleDown)
    {
        var indexes = new int[buckets.Counts.Length];
        var counts = new double[indexes.Length];
        int length = 0;
        for (int i = 0; i < buckets.Counts.Length; i++)
        {
            if (buckets.Counts[i] == 0)
            {
                continue;
            }

            // OpenTelemetry counts buckets from the lower bound, Prometheus from the upper one: (1, base] is 0 there and 1 here.
            long index = (((long)buckets.Offset + i) >> scaleDown) + 1;
            if (!ExponentialBuckets.HoldsNumbers(schema, index))
            {
                throw new InvalidHistogramException(
                    $"An exponential histogram has observations in bucket {(long)buckets.Offset + i} of scale {schema + scaleDown}, which lies beyond what a double holds: the sender miscounts its offset.");
            }

            if (length > 0 && indexes[length - 1] == index)
            {
                counts[length - 1] += buckets.Counts[i];
            }
            else
            {
                indexes[length] = (int)index;
                counts[length++] = buckets.Counts[i];
            }
        }

        return BucketCounts.Populated(indexes[..length], counts[..length]);
    }
}
