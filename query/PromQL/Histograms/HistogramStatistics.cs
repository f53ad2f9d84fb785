namespace Observe.Query.PromQL.Histograms;

/// <summary><c>histogram_avg</c>, <c>histogram_stdvar</c> and <c>histogram_stddev</c>; count and sum are the histogram's own.</summary>
public static class HistogramStatistics
{
    /// <returns>NaN without observations.</returns>
    public static double Average(FloatHistogram histogram) => histogram.Sum / histogram.Count;

    public static double StandardDeviation(FloatHistogram histogram) => Math.Sqrt(Variance(histogram));

    /// <summary>
    /// Estimated, as if all observations of a bucket had the mean of its bounds: the geometric one in exponential buckets, the arithmetic one in custom
    /// buckets, zero in the zero bucket.
    /// </summary>
    public static double Variance(FloatHistogram histogram)
    {
        double mean = Average(histogram);
        KahanSum squares = default;
        for (int i = 0; i < histogram.BucketCount; i++)
        {
            HistogramBucket bucket = histogram.BucketAt(i);
            double distance = Middle(histogram, bucket) - mean;
            squares += bucket.Count * distance * distance;
        }

        return squares.Value / histogram.Count;
    }

    private static double Middle(FloatHistogram histogram, HistogramBucket bucket)
    {
        if (histogram.UsesCustomBuckets)
        {
            return (bucket.Upper + bucket.Lower) / 2;
        }

        return bucket is { Lower: <= 0, Upper: >= 0 } ? 0 : Math.CopySign(Math.Sqrt(bucket.Upper * bucket.Lower), bucket.Upper);
    }
}
