namespace Observe.Query.PromQL.Evaluation;

/// <summary>Values with their times, in the order of time, no two at the same.</summary>
/// <param name="times">Nanoseconds since 1970, ascending.</param>
/// <param name="values">One for each time.</param>
public sealed class Samples<T>(ReadOnlyMemory<long> times, ReadOnlyMemory<T> values)
{
    public static readonly Samples<T> Empty = new(default, default);

    public int Count => times.Length;

    /// <summary>Nanoseconds since 1970.</summary>
    public ReadOnlySpan<long> Times => times.Span;

    public ReadOnlySpan<T> Values => values.Span;

    /// <summary>Those after a time and not after another, in the same memory.</summary>
    public Samples<T> Within(long from, long to)
    {
        int start = CountUntil(from), end = CountUntil(to);
        return start == 0 && end == Count ? this : start >= end ? Empty : new Samples<T>(times[start..end], values[start..end]);
    }

    /// <summary>The same in memory of their own.</summary>
    public Samples<T> Copy() => new(times.ToArray(), values.ToArray());

    /// <summary>How many are not after a time.</summary>
    private int CountUntil(long time)
    {
        int found = Times.BinarySearch(time);
        return found >= 0 ? found + 1 : ~found;
    }
}
