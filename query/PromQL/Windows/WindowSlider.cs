namespace Observe.Query.PromQL.Windows;

/// <summary>
/// Which samples lie in the window of each step of a grid, in one pass over their times: <c>while (slider.MoveNext()) … values[slider.Range]</c>.
/// </summary>
/// <param name="times">Ascending.</param>
public ref struct WindowSlider(ReadOnlySpan<long> times, WindowGrid grid)
{
    private readonly ReadOnlySpan<long> _times = times;
    private int _toStride;
    private int _fromStride;

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
        To = Advance(To, _times.Length, End, ref _toStride);
        From = Advance(From, To, Start, ref _fromStride);
        return true;
    }

    /// <summary>The first index that is not before the given one and whose time is after the given one.</summary>
    /// <param name="stride">How far it was the last time: samples are mostly evenly spaced, so that is tried first.</param>
    private readonly int Advance(int index, int end, long time, ref int stride)
    {
        int guess = index + stride;
        if (guess <= end && (guess == end || _times[guess] > time) && (stride == 0 || _times[guess - 1] <= time))
        {
            return guess;
        }

        int found = index;
        while (found < end && _times[found] <= time)
        {
            found++;
        }

        stride = found - index;
        return found;
    }
}
