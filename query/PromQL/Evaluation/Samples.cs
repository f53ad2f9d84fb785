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
    public Samples<T> Within(long from, long to) => Until(to).After(from);

    /// <summary>Those after a time, in the same memory.</summary>
    public Samples<T> After(long time)
    {
        int start = CountUntil(time);
        return start == 0 ? this : start == Count ? Empty : new Samples<T>(times[start..], values[start..]);
    }

    /// <summary>Those not after a time, in the same memory.</summary>
    public Samples<T> Until(long time)
    {
        int end = CountUntil(time);
        return end == Count ? this : end == 0 ? Empty : new Samples<T>(times[..end], values[..end]);
    }

    /// <summary>The same in memory of their own.</summary>
    public Samples<T> Copy() => new(times.ToArray(), values.ToArray());

    /// <summary>How many are not after a time. It is looked for from the end, where it mostly is: to touch all of the samples would take longer than to compare them.</summary>
    private int CountUntil(long time)
    {
        ReadOnlySpan<long> all = Times;
        int end = all.Length, stride = 1;
        while (end > 0 && all[end - 1] > time)
        {
            int start = Math.Max(0, end - stride);
            if (all[start] <= time)
            {
                int found = all[start..end].BinarySearch(time);
                return start + (found >= 0 ? found + 1 : ~found);
            }

            (end, stride) = (start, stride * 2);
        }

        return end;
    }
}
