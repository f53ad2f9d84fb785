namespace Observe.Query.PromQL.Evaluation;

/// <summary>Values with their times, in the order of time once they are all there; no two at the same.</summary>
public sealed class Samples<T>
{
    public static readonly Samples<T> Empty = new();

    private long[] _times = [];
    private T[] _values = [];
    private bool _isUnordered;

    public int Count { get; private set; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>Adds a sample. If it is not after those that are there, <see cref="Sort"/> must follow.</summary>
    public void Add(long time, T value)
    {
        _isUnordered |= Count > 0 && time <= _times[Count - 1];
        if (Count == _times.Length)
        {
            int length = Math.Max(16, Count * 2);
            Array.Resize(ref _times, length);
            Array.Resize(ref _values, length);
        }

        _times[Count] = time;
        _values[Count++] = value;
    }

    /// <summary>Brings the samples into the order of time. Of several at one time the last that was added stays.</summary>
    public void Sort()
    {
        if (!_isUnordered)
        {
            return;
        }

        _isUnordered = false;
        List<(int Start, int End)> runs = Runs();
        runs.Sort((left, right) => _times[left.Start].CompareTo(_times[right.Start]));
        Samples<T> sorted = runs.Zip(runs.Skip(1)).All(pair => _times[pair.First.End - 1] < _times[pair.Second.Start]) ? Joined(runs) : SortedOneByOne();
        (_times, _values, Count) = (sorted._times, sorted._values, sorted.Count);
    }

    /// <summary>The stretches in which samples follow each other in time. The engine reads parts and stretches of time side by side, each in its order.</summary>
    private List<(int Start, int End)> Runs()
    {
        var runs = new List<(int Start, int End)>();
        int start = 0;
        for (int i = 1; i <= Count; i++)
        {
            if (i == Count || _times[i] <= _times[i - 1])
            {
                runs.Add((start, i));
                start = i;
            }
        }

        return runs;
    }

    private Samples<T> Joined(List<(int Start, int End)> runs)
    {
        var joined = new Samples<T> { _times = new long[Count], _values = new T[Count] };
        foreach ((int start, int end) in runs)
        {
            Array.Copy(_times, start, joined._times, joined.Count, end - start);
            Array.Copy(_values, start, joined._values, joined.Count, end - start);
            joined.Count += end - start;
        }

        return joined;
    }

    private Samples<T> SortedOneByOne()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        long[] times = _times;
        Array.Sort(order, (left, right) => times[left] != times[right] ? times[left].CompareTo(times[right]) : left.CompareTo(right));
        var sorted = new Samples<T>();
        for (int i = 0; i < order.Length; i++)
        {
            if (i + 1 == order.Length || times[order[i]] != times[order[i + 1]])
            {
                sorted.Add(times[order[i]], _values[order[i]]);
            }
        }

        return sorted;
    }
}
