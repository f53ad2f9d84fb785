namespace Observe.Query.PromQL.Evaluation;

/// <summary>The times at which a query is evaluated: one for an instant query, evenly spaced ones for a range.</summary>
/// <param name="Start">The first, in nanoseconds since 1970.</param>
/// <param name="Step">From one to the next, in nanoseconds; more than 0.</param>
/// <param name="Count">How many there are; at least 1.</param>
public readonly record struct Grid(long Start, long Step, int Count)
{
    /// <summary>The last.</summary>
    public long End => Start + (Step * (Count - 1));

    public long this[int index] => Start + (Step * index);

    /// <summary>A single time.</summary>
    public static Grid At(long time) => new(time, 1, 1);

    /// <summary>The times from <paramref name="start"/> on, in steps, that are not after <paramref name="end"/>.</summary>
    public static Grid Of(long start, long end, long step) => new(start, step, checked((int)((end - start) / step) + 1));

    /// <summary>The same times, each so much earlier.</summary>
    public Grid Back(long offset) => this with { Start = Start - offset };
}
