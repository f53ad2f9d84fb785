namespace Observe.Query.SelfMetrics;

/// <summary>One family's figures under one set of labels. Thread-safe.</summary>
/// <param name="labels">As <see cref="LabelText"/> writes them.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising, without the infinite one; null for what is no histogram.</param>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;

    public string Labels => labels;

    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
        }
    }

    /// <summary>Counts a value of a histogram. What is not a number belongs in no bucket and would make the sum useless: it is left out.</summary>
    public void Observe(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        // The bucket of the first bound that is not smaller: bounds are inclusive.
        int bucket = Array.BinarySearch(bounds!, value);
        lock (_lock)
        {
            _counts[bucket < 0 ? ~bucket : bucket]++;
            _value += value;
        }
    }

    /// <summary>The value, or a histogram's sum.</summary>
    public double Read()
    {
        lock (_lock)
        {
            return _value;
        }
    }

    /// <summary>A histogram's sum and how many values are in each bucket, read at one moment.</summary>
    public (double Sum, long[] Counts) ReadHistogram()
    {
        lock (_lock)
        {
            return (_value, [.. _counts]);
        }
    }
}
