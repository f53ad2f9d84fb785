namespace Observe.Query.PromQL.Histograms;

/// <summary>Zero buckets of different widths, brought to the same.</summary>
internal static class ZeroBucket
{
    /// <summary>
    /// What becomes part of a zero bucket that is widened. A bucket is taken whole: when the threshold lies within a populated one, it is raised to its end.
    /// </summary>
    /// <param name="positive">Indexes of the populated positive buckets, ascending.</param>
    /// <param name="negative">As those, of the negative ones.</param>
    /// <param name="threshold">At least as far the zero bucket is to reach.</param>
    /// <returns>How far it reaches, and how many buckets of each side it takes.</returns>
    public static (double Threshold, int Positive, int Negative) Reach(int schema, ReadOnlySpan<int> positive, ReadOnlySpan<int> negative, double threshold)
    {
        // Both sides have the same bounds: where one has raised the threshold to, no bucket of the other begins before and ends behind.
        int positiveTaken = Take(schema, positive, ref threshold);
        int negativeTaken = Take(schema, negative, ref threshold);
        return (threshold, positiveTaken, negativeTaken);
    }

    /// <summary>The histogram with a zero bucket that reaches to a threshold, or as little as possible farther.</summary>
    public static FloatHistogram Widen(FloatHistogram histogram, double threshold)
    {
        if (threshold <= histogram.ZeroThreshold)
        {
            return histogram;
        }

        (double reached, int positive, int negative) = Reach(histogram.Schema, histogram.Positive.Indexes, histogram.Negative.Indexes, threshold);
        KahanSum zero = new(histogram.ZeroCount, 0);
        foreach (double count in histogram.Positive.Counts[..positive])
        {
            zero += count;
        }

        foreach (double count in histogram.Negative.Counts[..negative])
        {
            zero += count;
        }

        return histogram with
        {
            ZeroThreshold = reached,
            ZeroCount = zero.Value,
            Positive = histogram.Positive.Skip(positive),
            Negative = histogram.Negative.Skip(negative),
        };
    }

    private static int Take(int schema, ReadOnlySpan<int> indexes, ref double threshold)
    {
        int taken = 0;
        while (taken < indexes.Length && ExponentialBuckets.Upper(schema, indexes[taken] - 1) < threshold)
        {
            threshold = Math.Max(threshold, ExponentialBuckets.Upper(schema, indexes[taken]));
            taken++;
        }

        return taken;
    }
}
