namespace Observe.Query.PromQL.Windows;

/// <summary>The windows of a range query: one for each step, open on the left, of the same duration. Nanoseconds.</summary>
public readonly record struct WindowGrid
{
    /// <param name="start">Where the first window ends. A selector with an offset has its grid that much earlier.</param>
    /// <param name="end">No window ends later. An instant query's is its start.</param>
    /// <param name="step">Above 0.</param>
    /// <param name="window">How long each window is, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the window is not, or the end lies before the start.</exception>
    public WindowGrid(long start, long end, long step, long window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        Step = step;
        Window = window;
        Steps = checked((int)(((end - start) / step) + 1));
    }

    public long Start { get; }

    public long Step { get; }

    public long Window { get; }

    public int Steps { get; }

    /// <summary>Where the window of a step ends.</summary>
    public long End(int step) => Start + (step * Step);
}
