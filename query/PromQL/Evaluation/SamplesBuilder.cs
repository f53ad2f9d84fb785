namespace Observe.Query.PromQL.Evaluation;

/// <summary>Collects samples in the order in which they come.</summary>
public sealed class SamplesBuilder<T>
{
    private long[] _times = [];
    private T[] _values = [];
    private bool _isUnordered;

    public int Count { get; private set; }

    /// <param name="time">Nanoseconds since 1970.</param>
    /// <param name="value">The sample.</param>
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

    /// <summary>What was added, in the order of time. Of several at one time the last that was added stays. Nothing is added afterwards.</summary>
    public Samples<T> Build()
    {
        if (_isUnordered)
        {
            Count = SampleOrder.Restore(_times.AsSpan(0, Count), _values.AsSpan(0, Count));
        }

        return new Samples<T>(_times.AsMemory(0, Count), _values.AsMemory(0, Count));
    }
}
