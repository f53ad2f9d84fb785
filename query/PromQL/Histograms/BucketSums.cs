namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// One side of a <see cref="HistogramSum"/>: sums by the index of their bucket, each with what rounding took from it. Grows as buckets appear.
/// </summary>
internal sealed class BucketSums
{
    private int[] _indexes = [];
    private KahanSum[] _sums = [];

    public ReadOnlySpan<int> Indexes => _indexes;

    public void Add(BucketCounts counts)
    {
        if (!counts.Indexes.SequenceEqual(_indexes))
        {
            Cover(counts.Indexes);
        }

        ReadOnlySpan<int> indexes = counts.Indexes;
        int at = 0;
        for (int i = 0; i < indexes.Length; i++, at++)
        {
            while (_indexes[at] != indexes[i])
            {
                at++;
            }

            _sums[at] += counts.Counts[i];
        }
    }

    public void Multiply(double factor)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] *= factor;
        }
    }

    public void Divide(double divisor)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] /= divisor;
        }
    }

    /// <summary>See <see cref="BucketCounts.Remap"/>.</summary>
    public void Remap(ReadOnlySpan<int> targets)
    {
        int length = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (length > 0 && _indexes[length - 1] == targets[i])
            {
                _sums[length - 1] += _sums[i];
            }
            else
            {
                _indexes[length] = targets[i];
                _sums[length++] = _sums[i];
            }
        }

        _indexes = _indexes[..length];
        _sums = _sums[..length];
    }

    /// <summary>Lowers the schema.</summary>
    public void Reduce(int by)
    {
        if (by == 0)
        {
            return;
        }

        var targets = new int[_indexes.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = ExponentialBuckets.Reduce(_indexes[i], by);
        }

        Remap(targets);
    }

    /// <summary>Removes the first buckets, and gives what was in them.</summary>
    public KahanSum Take(int count)
    {
        KahanSum taken = default;
        foreach (KahanSum sum in _sums.AsSpan(0, count))
        {
            taken += sum;
        }

        _indexes = _indexes[count..];
        _sums = _sums[count..];
        return taken;
    }

    public BucketCounts ToCounts()
    {
        var counts = new double[_sums.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = _sums[i].Value;
        }

        return BucketCounts.Populated([.. _indexes], counts);
    }

    /// <summary>Adds buckets that are not there yet.</summary>
    private void Cover(ReadOnlySpan<int> indexes)
    {
        int missing = 0, at = 0;
        foreach (int index in indexes)
        {
            at = Advance(at, index);
            missing += at == _indexes.Length || _indexes[at] != index ? 1 : 0;
        }

        if (missing == 0)
        {
            return;
        }

        var allIndexes = new int[_indexes.Length + missing];
        var allSums = new KahanSum[allIndexes.Length];
        for (int from = 0, added = 0, to = 0; to < allIndexes.Length; to++)
        {
            if (from < _indexes.Length && (added == indexes.Length || _indexes[from] <= indexes[added]))
            {
                added += added < indexes.Length && _indexes[from] == indexes[added] ? 1 : 0;
                allSums[to] = _sums[from];
                allIndexes[to] = _indexes[from++];
            }
            else
            {
                allIndexes[to] = indexes[added++];
            }
        }

        _indexes = allIndexes;
        _sums = allSums;
    }

    private int Advance(int at, int index)
    {
        while (at < _indexes.Length && _indexes[at] < index)
        {
            at++;
        }

        return at;
    }
}
