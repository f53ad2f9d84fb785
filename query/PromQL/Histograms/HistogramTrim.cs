namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// The operators <c>&lt;/</c> and <c>&gt;/</c>: removes the observations above or below a value. What remains of the bucket that it lies in is estimated as by
/// <see cref="HistogramQuantile"/>, and so is the sum, from the middles of the buckets.
/// </summary>
public static class HistogramTrim
{
    /// <summary><c>histogram &lt;/ value</c>.</summary>
    public static FloatHistogram Above(FloatHistogram histogram, double value) => Trim(histogram, value, KeptBelow);

    /// <summary><c>histogram &gt;/ value</c>.</summary>
    public static FloatHistogram Below(FloatHistogram histogram, double value) => Trim(histogram, value, KeptAbove);

    private delegate (double Count, double Middle) Keep(HistogramBucket bucket, double value, bool linear);

    private static FloatHistogram Trim(FloatHistogram histogram, double value, Keep keep)
    {
        var positive = new double[histogram.Positive.Length];
        var negative = new double[histogram.Negative.Length];
        double zero = 0, count = 0, sum = 0;
        bool trimmed = false;
        int buckets = histogram.BucketCount;
        for (int i = 0; i < buckets; i++)
        {
            HistogramBucket bucket = histogram.BucketAt(i);
            bool isNegative = i < negative.Length, isZero = !isNegative && i < buckets - positive.Length;
            (double kept, double middle) = keep(isZero ? HistogramQuantile.OneSided(histogram, bucket) : bucket, value, isZero || histogram.UsesCustomBuckets);
            if (isNegative)
            {
                negative[negative.Length - 1 - i] = kept;
            }
            else if (isZero)
            {
                zero = kept;
            }
            else
            {
                positive[i - (buckets - positive.Length)] = kept;
            }

            count += kept;
            sum += middle * kept;
            trimmed |= kept != bucket.Count;
        }

        return !trimmed ? histogram : histogram with
        {
            Count = count,
            Sum = sum,
            ZeroCount = zero,
            Negative = BucketCounts.Populated([.. histogram.Negative.Indexes], negative),
            Positive = BucketCounts.Populated([.. histogram.Positive.Indexes], positive),
        };
    }

    private static (double Count, double Middle) KeptBelow(HistogramBucket bucket, double value, bool linear)
    {
        if (bucket.Upper <= value)
        {
            return (bucket.Count, Middle(bucket.Lower, bucket.Upper, linear));
        }

        return bucket switch
        {
            _ when !(bucket.Lower < value) => (0, 0),

            // Where in an infinite bucket its observations lie is not known, but for one that may be taken to begin at 0.
            { Upper: double.PositiveInfinity } => (0, 0),
            { Lower: double.NegativeInfinity, Upper: <= 0 } => (bucket.Count, value),
            { Lower: double.NegativeInfinity } => value > 0 ? (bucket.Count * value / bucket.Upper, value / 2) : (0, 0),
            _ => (bucket.Count * FractionBelow(bucket, value, linear), Middle(bucket.Lower, value, linear)),
        };
    }

    private static (double Count, double Middle) KeptAbove(HistogramBucket bucket, double value, bool linear)
    {
        if (bucket.Lower >= value)
        {
            return (bucket.Count, Middle(bucket.Lower, bucket.Upper, linear));
        }

        return bucket switch
        {
            _ when !(bucket.Upper > value) => (0, 0),
            { Lower: double.NegativeInfinity, Upper: < double.PositiveInfinity } =>
                value >= 0 ? (bucket.Count * (1 - (value / bucket.Upper)), (value + bucket.Upper) / 2) : (0, 0),
            { Lower: double.NegativeInfinity } => (0, 0),
            { Upper: double.PositiveInfinity } => (bucket.Count, value),
            _ => (bucket.Count - (bucket.Count * FractionBelow(bucket, value, linear)), Middle(value, bucket.Upper, linear)),
        };
    }

    private static double FractionBelow(HistogramBucket bucket, double value, bool linear) =>
        linear ? bucket.LinearFractionBelow(value) : bucket.ExponentialFractionBelow(value);

    private static double Middle(double lower, double upper, bool linear) => (double.IsFinite(lower), double.IsFinite(upper)) switch
    {
        (false, false) => 0,
        (false, true) => upper > 0 ? upper / 2 : upper,
        (true, false) => lower,
        _ when linear => (lower + upper) / 2,
        _ => Math.CopySign(Math.Sqrt(lower * upper), lower),
    };
}
