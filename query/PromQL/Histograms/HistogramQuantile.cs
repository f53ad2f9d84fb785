namespace Observe.Query.PromQL.Histograms;

/// <summary><c>histogram_quantile</c> of a native histogram.</summary>
public static class HistogramQuantile
{
    /// <summary>
    /// The value below which a part of the observations lies, estimated within its bucket: as if the observations were spread evenly in custom buckets and the
    /// zero bucket, and evenly on the logarithmic scale in exponential ones.
    /// </summary>
    /// <param name="quantile">From 0 to 1; below it the result is -Inf, above +Inf.</param>
    /// <returns>NaN without observations, for a quantile of NaN, and when the quantile lies among observations of NaN.</returns>
    public static double Of(FloatHistogram histogram, double quantile, ref Annotations annotations)
    {
        if (!(quantile is >= 0 and <= 1))
        {
            annotations |= Annotations.InvalidQuantile;
            return double.IsNaN(quantile) ? double.NaN : quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (histogram.Count == 0)
        {
            return double.NaN;
        }

        // Observations of NaN are counted and in no bucket, as if above all of them: ranks hold from the lowest bucket on only. Otherwise the nearer end is
        // more exact.
        bool upwards = double.IsNaN(histogram.Sum) || quantile < 0.5;
        double rank = (upwards ? quantile : 1 - quantile) * histogram.Count;
        (HistogramBucket bucket, double counted) = Find(histogram, rank, upwards);
        if (histogram.UsesCustomBuckets)
        {
            switch (bucket)
            {
                case { Lower: double.NegativeInfinity, Upper: double.PositiveInfinity }:
                    return double.NaN; // Nothing is known of where they lie, as of a classic histogram with one bucket.
                case { Lower: double.NegativeInfinity, Upper: <= 0 }:
                    return bucket.Upper;
                case { Lower: double.NegativeInfinity }:
                    bucket = bucket with { Lower = 0 };
                    break;
                case { Upper: double.PositiveInfinity }:
                    return bucket.Lower;
            }
        }
        else
        {
            bucket = OneSided(histogram, bucket);
        }

        // Sums of counts may exceed the count by their rounding.
        counted = Math.Min(counted, histogram.Count);
        if (counted < rank)
        {
            if (double.IsNaN(histogram.Sum))
            {
                annotations |= Annotations.QuantileIsNaN;
                return double.NaN;
            }

            return bucket.Upper;
        }

        if (double.IsNaN(histogram.Sum) && CountInBuckets(histogram) < histogram.Count)
        {
            annotations |= Annotations.QuantileSkewedByNaN;
        }

        double fraction = (upwards ? rank - (counted - bucket.Count) : counted - rank) / bucket.Count;
        return Interpolate(histogram, bucket, fraction);
    }

    /// <summary>
    /// A zero bucket has no negative observations if the histogram has positive ones and no negative ones in its other buckets, and the reverse.
    /// </summary>
    internal static HistogramBucket OneSided(FloatHistogram histogram, HistogramBucket bucket)
    {
        if (bucket.Lower > 0 || bucket.Upper < 0)
        {
            return bucket;
        }

        return (histogram.Negative.Length, histogram.Positive.Length) switch
        {
            (0, > 0) => bucket with { Lower = 0 },
            ( > 0, 0) => bucket with { Upper = 0 },
            _ => bucket,
        };
    }

    /// <summary>The bucket with the observation of a rank, and the observations up to its end.</summary>
    /// <remarks>Counts alone are looked at on the way: bounds take longer to find, and one bucket's are needed.</remarks>
    private static (HistogramBucket Bucket, double Counted) Find(FloatHistogram histogram, double rank, bool upwards)
    {
        BucketCounts near = upwards ? histogram.Negative : histogram.Positive, far = upwards ? histogram.Positive : histogram.Negative;
        double counted = 0;
        int visited = 0;
        for (int i = near.Length - 1; i >= 0 && IsBefore(rank, visited, counted); i--)
        {
            counted += near.Counts[i];
            visited++;
        }

        if (histogram.ZeroCount > 0 && IsBefore(rank, visited, counted))
        {
            counted += histogram.ZeroCount;
            visited++;
        }

        for (int i = 0; i < far.Length && IsBefore(rank, visited, counted); i++)
        {
            counted += far.Counts[i];
            visited++;
        }

        return (visited == 0 ? default : histogram.BucketAt(upwards ? visited - 1 : histogram.BucketCount - visited), counted);
    }

    /// <summary>Whether the next bucket is looked at: the first one always, for it holds rank 0.</summary>
    private static bool IsBefore(double rank, int visited, double counted) => visited == 0 || counted < rank;

    /// <summary>The observations in all buckets.</summary>
    private static double CountInBuckets(FloatHistogram histogram)
    {
        double count = histogram.ZeroCount;
        foreach (double bucket in histogram.Negative.Counts)
        {
            count += bucket;
        }

        foreach (double bucket in histogram.Positive.Counts)
        {
            count += bucket;
        }

        return count;
    }

    private static double Interpolate(FloatHistogram histogram, HistogramBucket bucket, double fraction)
    {
        if (histogram.UsesCustomBuckets || (bucket.Lower <= 0 && bucket.Upper >= 0))
        {
            return bucket.Lower + ((bucket.Upper - bucket.Lower) * fraction);
        }

        double lower = Math.Log2(Math.Abs(bucket.Lower));
        double upper = Math.Log2(Math.Abs(bucket.Upper));
        return bucket.Lower > 0
            ? double.Exp2(lower + ((upper - lower) * fraction))
            : -double.Exp2(upper + ((lower - upper) * (1 - fraction)));
    }
}
