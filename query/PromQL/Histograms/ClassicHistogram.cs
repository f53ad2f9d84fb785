namespace Observe.Query.PromQL.Histograms;

/// <summary><c>histogram_quantile</c> and <c>histogram_fraction</c> of a classic histogram.</summary>
public static class ClassicHistogram
{
    /// <summary>Counts that differ by less than this part of their sum differ by the rounding of rates only.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>
    /// The value below which a part of the observations lies, as if they were spread evenly in their bucket; the lowest one begins at 0 if it ends above. In
    /// the highest bucket it is the bound below, in the lowest one that ends at or below 0 its own.
    /// </summary>
    /// <param name="buckets">In any order; they are sorted and repaired in place.</param>
    /// <param name="repair">What had to be changed of the counts.</param>
    /// <returns>NaN without observations, with fewer than two buckets, or without one up to +Inf.</returns>
    public static double Quantile(double quantile, Span<ClassicBucket> buckets, out MonotonicityRepair repair, ref Annotations annotations)
    {
        repair = MonotonicityRepair.None;
        if (!(quantile is >= 0 and <= 1))
        {
            annotations |= Annotations.InvalidQuantile;
            return double.IsNaN(quantile) ? double.NaN : quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (!Arrange(ref buckets))
        {
            return double.NaN;
        }

        repair = Repair(buckets);
        if (repair.WasNeeded)
        {
            annotations |= Annotations.ForcedMonotonicity;
        }

        double observations = buckets[^1].Count;
        if (buckets.Length < 2 || observations == 0)
        {
            return double.NaN;
        }

        double rank = quantile * observations;
        int at = 0;
        while (at < buckets.Length - 1 && !(buckets[at].Count >= rank))
        {
            at++;
        }

        if (at == buckets.Length - 1)
        {
            return buckets[^2].UpperBound;
        }

        if (at == 0 && buckets[0].UpperBound <= 0)
        {
            return buckets[0].UpperBound;
        }

        ClassicBucket below = at == 0 ? default : buckets[at - 1];
        return below.UpperBound + ((buckets[at].UpperBound - below.UpperBound) * ((rank - below.Count) / (buckets[at].Count - below.Count)));
    }

    /// <summary>The part of the observations between two values, 0 to 1, as if they were spread evenly in their buckets.</summary>
    /// <param name="buckets">In any order; they are sorted in place.</param>
    /// <returns>
    /// NaN without observations, without a bucket up to +Inf, or for a value of NaN; 0 when <paramref name="lower"/> is not below <paramref name="upper"/>.
    /// </returns>
    public static double Fraction(double lower, double upper, Span<ClassicBucket> buckets)
    {
        if (!Arrange(ref buckets) || buckets[^1].Count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        if (lower >= upper)
        {
            return 0;
        }

        double count = buckets[^1].Count;
        return (Math.Min(Rank(buckets, upper), count) - Math.Min(Rank(buckets, lower), count)) / count;
    }

    /// <summary>How many observations lie below a value.</summary>
    private static double Rank(ReadOnlySpan<ClassicBucket> buckets, double value)
    {
        double rank = 0;
        double lower = buckets[0].UpperBound <= 0 ? double.NegativeInfinity : 0;
        foreach (ClassicBucket bucket in buckets)
        {
            if (lower >= value)
            {
                return rank;
            }

            if (bucket.UpperBound > value)
            {
                // A bucket that begins at -Inf cannot be divided, so all of it lies below.
                return double.IsNegativeInfinity(lower) ? bucket.Count : rank + ((bucket.Count - rank) * (value - lower) / (bucket.UpperBound - lower));
            }

            rank = bucket.Count;
            lower = bucket.UpperBound;
        }

        return rank;
    }

    /// <summary>Sorts the buckets and merges those with the same bound.</summary>
    /// <returns>False when the highest one is not +Inf.</returns>
    private static bool Arrange(ref Span<ClassicBucket> buckets)
    {
        buckets.Sort(static (left, right) => left.UpperBound.CompareTo(right.UpperBound));
        if (buckets.Length == 0 || !double.IsPositiveInfinity(buckets[^1].UpperBound))
        {
            return false;
        }

        int length = 1;
        for (int i = 1; i < buckets.Length; i++)
        {
            if (buckets[i].UpperBound == buckets[length - 1].UpperBound)
            {
                buckets[length - 1].Count += buckets[i].Count;
            }
            else
            {
                buckets[length++] = buckets[i];
            }
        }

        buckets = buckets[..length];
        return true;
    }

    /// <summary>Makes the counts monotonic: what differs by rounding is taken as equal, what decreases is raised to the count below it.</summary>
    private static MonotonicityRepair Repair(Span<ClassicBucket> buckets)
    {
        MonotonicityRepair repair = MonotonicityRepair.None;
        double previous = buckets[0].Count;
        for (int i = 1; i < buckets.Length; i++)
        {
            double count = buckets[i].Count;
            if (count == previous)
            {
                continue;
            }

            if (!AlmostEqual(count, previous))
            {
                if (!(count < previous))
                {
                    previous = count;
                    continue;
                }

                repair = repair.And(new MonotonicityRepair(buckets[i].UpperBound, buckets[i].UpperBound, previous - count));
            }

            buckets[i].Count = previous;
        }

        return repair;
    }

    private static bool AlmostEqual(double left, double right)
    {
        const double minNormal = 2.2250738585072014e-308;
        double sum = Math.Abs(left) + Math.Abs(right);
        double difference = Math.Abs(left - right);
        return left == 0 || right == 0 || sum < minNormal
            ? difference < Tolerance * minNormal
            : difference / Math.Min(sum, double.MaxValue) < Tolerance;
    }
}
