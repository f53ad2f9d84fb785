namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// The populated buckets of one side of a histogram, as two arrays beside each other: their indexes, ascending, and their counts. Immutable. A bucket without
/// observations is never kept, so a layout has one form only (Prometheus calls it compact) and two histograms of the same observations are equal.
/// </summary>
/// <remarks>
/// Not dense: histograms of nanoseconds and of hours that are added up have gaps of thousands of buckets between them. The histograms of one series mostly
/// share their layout, and then an operation is one loop over two arrays.
/// </remarks>
public sealed class BucketCounts : IEquatable<BucketCounts>
{
    public static readonly BucketCounts Empty = new([], []);

    private readonly int[] _indexes;
    private readonly double[] _counts;

    private BucketCounts(int[] indexes, double[] counts)
    {
        _indexes = indexes;
        _counts = counts;
    }

    /// <summary>How many buckets are populated.</summary>
    public int Length => _indexes.Length;

    public ReadOnlySpan<int> Indexes => _indexes;

    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>From counts of buckets that follow each other.</summary>
    /// <param name="first">The index of the first of them.</param>
    public static BucketCounts FromDense(int first, ReadOnlySpan<double> counts)
    {
        var indexes = new int[counts.Length];
        for (int i = 0; i < indexes.Length; i++)
        {
            indexes[i] = first + i;
        }

        return Populated(indexes, counts.ToArray());
    }

    /// <summary>The same counts in the same buckets; NaN is the same as itself.</summary>
    public bool Equals(BucketCounts? other) => other is not null && Indexes.SequenceEqual(other.Indexes) && Counts.SequenceEqual(other.Counts);

    public override bool Equals(object? obj) => Equals(obj as BucketCounts);

    public override int GetHashCode() => _indexes.Length == 0 ? 0 : HashCode.Combine(_indexes.Length, _indexes[0], _counts[0], _counts[^1]);

    /// <summary>Takes the arrays as they are, without a copy, but for the buckets without observations.</summary>
    internal static BucketCounts Populated(int[] indexes, double[] counts)
    {
        int kept = 0;
        for (int i = 0; i < indexes.Length; i++)
        {
            if (counts[i] == 0)
            {
                continue;
            }

            if (kept < i)
            {
                indexes[kept] = indexes[i];
                counts[kept] = counts[i];
            }

            kept++;
        }

        return kept == 0 ? Empty : kept == indexes.Length ? new BucketCounts(indexes, counts) : new BucketCounts(indexes[..kept], counts[..kept]);
    }

    internal BucketCounts Multiply(double factor)
    {
        var counts = new double[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = _counts[i] * factor;
        }

        return SameLayout(counts);
    }

    /// <summary>Not the same as multiplying by the inverse, which is rounded.</summary>
    internal BucketCounts Divide(double divisor)
    {
        var counts = new double[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = _counts[i] / divisor;
        }

        return SameLayout(counts);
    }

    /// <summary>Adds the counts of buckets with the same index, times <paramref name="sign"/> for those of the other.</summary>
    /// <param name="sign">1 to add, -1 to subtract.</param>
    internal BucketCounts Add(BucketCounts other, double sign)
    {
        if (other.Length == 0)
        {
            return this;
        }

        if (Indexes.SequenceEqual(other.Indexes))
        {
            var counts = new double[_counts.Length];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = _counts[i] + (sign * other._counts[i]);
            }

            return SameLayout(counts);
        }

        return Merge(other, sign);
    }

    /// <summary>The same counts in other buckets.</summary>
    /// <param name="targets">The new index of each, ascending; those with the same one become one bucket.</param>
    internal BucketCounts Remap(ReadOnlySpan<int> targets)
    {
        var indexes = new int[targets.Length];
        var counts = new double[targets.Length];
        int length = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (length > 0 && indexes[length - 1] == targets[i])
            {
                counts[length - 1] += _counts[i];
            }
            else
            {
                indexes[length] = targets[i];
                counts[length++] = _counts[i];
            }
        }

        return Populated(indexes[..length], counts[..length]);
    }

    /// <summary>Without the first buckets.</summary>
    internal BucketCounts Skip(int count) => count == 0 ? this : count == Length ? Empty : new BucketCounts(_indexes[count..], _counts[count..]);

    /// <summary>Whether a bucket has fewer observations than it had, or is gone: a counter that does so was reset.</summary>
    internal bool HasFallenFrom(BucketCounts previous)
    {
        if (Indexes.SequenceEqual(previous.Indexes))
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                if (_counts[i] < previous._counts[i])
                {
                    return true;
                }
            }

            return false;
        }

        int at = 0;
        for (int i = 0; i < previous.Length; i++)
        {
            int index = previous._indexes[i];
            while (at < _indexes.Length && _indexes[at] < index)
            {
                at++;
            }

            if (at == _indexes.Length || _indexes[at] != index || _counts[at] < previous._counts[i])
            {
                return true;
            }
        }

        return false;
    }

    private BucketCounts Merge(BucketCounts other, double sign)
    {
        var indexes = new int[Length + other.Length];
        var counts = new double[indexes.Length];
        int length = 0, left = 0, right = 0;
        while (left < Length || right < other.Length)
        {
            int leftIndex = left < Length ? _indexes[left] : int.MaxValue;
            int rightIndex = right < other.Length ? other._indexes[right] : int.MaxValue;
            double count = 0;
            if (leftIndex <= rightIndex)
            {
                count = _counts[left++];
            }

            if (rightIndex <= leftIndex)
            {
                count += sign * other._counts[right++];
            }

            indexes[length] = Math.Min(leftIndex, rightIndex);
            counts[length++] = count;
        }

        return Populated(indexes[..length], counts[..length]);
    }

    private BucketCounts SameLayout(double[] counts) => counts.AsSpan().Contains(0) ? Populated([.. _indexes], counts) : new BucketCounts(_indexes, counts);
}
