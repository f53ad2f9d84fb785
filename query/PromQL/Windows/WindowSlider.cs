namespace Observe.Query.PromQL.Windows;

/// <summary>
/// Which samples lie in the window of each step of a grid, in one pass over their times: <c>while (slider.MoveNext()) … values[slider.Range]</c>.
/// </summary>
/// <param name="times">Ascending.</param>
public ref struct WindowSlider(ReadOnlySpan<long> times, WindowGrid grid)
{
    private readonly ReadOnlySpan<long> _times = times;

    /// <summary>From 0; -1 before the first.</summary>
    public int Step { get; private set; } = -1;

    /// <summary>The first sample in the window; with none the one that would be.</summary>
    public int From { get; private set; }

    /// <summary>Behind the last sample in the window.</summary>
    public int To { get; private set; }

    public readonly Range Range => From..To;

    /// <summary>The latest time that is not in the window.</summary>
    public readonly long Start => End - grid.Window;

    /// <summary>The latest time that is.</summary>
    public readonly long End => grid.End(Step);

    public bool MoveNext()
    {
        if (Step + 1 >= grid.Steps)
        {
            return false;
        }

        Step++;
        long end = End;
        while (To < _times.Length && _times[To] <= end)
        {
            To++;
        }

        long start = Start;
        while (From < To && _times[From] <= start)
        {
            From++;
        }

        return true;
    }
}
