namespace Observe.Query.PromQL.Histograms;

/// <summary><c>histogram_fraction</c> of a native histogram.</summary>
public static class HistogramFraction
{
    /// <summary>
    /// The part of the observations between two values, 0 to 1, estimated within their buckets as by <see cref="HistogramQuantile"/>, whose inverse it is.
    /// </summary>
    /// <returns>NaN without observations or for a value of NaN; 0 when <paramref name="lower"/> is not below <paramref name="upper"/>.</returns>
    public static double Of(FloatHistogram histogram, double lower, double upper, ref Annotations annotations)
    {
        if (histogram.Count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        if (lower >= upper)
        {
            return 0;
        }

        double? lowerRank = null, upperRank = null;
        double rank = 0;
        for (int i = 0; i < histogram.BucketCount; i++)
        {
            HistogramBucket bucket = histogram.BucketAt(i);
            bool zero = bucket is { Lower: <= 0, Upper: >= 0 };
            if (histogram.UsesCustomBuckets)
            {
                bucket = bucket is { Lower: double.NegativeInfinity, Upper: > 0 } ? bucket with { Lower = 0 } : bucket;
            }
            else if (zero)
            {
                bucket = HistogramQuantile.OneSided(histogram, bucket);
            }

            bool linear = zero || histogram.UsesCustomBuckets;
            lowerRank ??= RankIn(bucket, rank, lower, linear);
            upperRank ??= RankIn(bucket, rank, upper, linear);
            rank += bucket.Count;
        }

        double counted = histogram.Count;
        if (double.IsNaN(histogram.Sum))
        {
            counted = rank;
            if (counted < histogram.Count)
            {
                annotations |= Annotations.FractionWithoutNaN;
            }
        }

        return (Math.Min(upperRank ?? counted, counted) - Math.Min(lowerRank ?? counted, counted)) / histogram.Count;
    }

    /// <summary>How many observations lie below a value, if it is known from this bucket.</summary>
    /// <param name="rank">The observations of the buckets before.</param>
    private static double? RankIn(HistogramBucket bucket, double rank, double value, bool linear)
    {
        if (bucket.Lower >= value)
        {
            return rank;
        }

        if (bucket.Upper <= value)
        {
            return null;
        }

        // A bucket that begins at -Inf cannot be divided, so all of it lies below.
        return double.IsNegativeInfinity(bucket.Lower)
            ? bucket.Count
            : rank + (bucket.Count * (linear ? bucket.LinearFractionBelow(value) : bucket.ExponentialFractionBelow(value)));
    }
}
