namespace Observe.Query.PromQL.Evaluation;

/// <summary>
/// The latest sample of a series at each time of a grid that has one: <c>while (cursor.MoveNext()) … cursor.Step</c>.
/// </summary>
/// <param name="numbers">Times of the series' numbers, ascending.</param>
/// <param name="histograms">Times of its histograms, ascending.</param>
/// <param name="grid">The times.</param>
/// <param name="lookback">Samples of this age, in nanoseconds, or older count no more.</param>
internal ref struct InstantCursor(ReadOnlySpan<long> numbers, ReadOnlySpan<long> histograms, Grid grid, long lookback)
{
    private readonly ReadOnlySpan<long> _numbers = numbers;
    private readonly ReadOnlySpan<long> _histograms = histograms;
    private int _number = -1;
    private int _histogram = -1;

    public int Step { get; private set; } = -1;

    /// <summary>Whether the sample is a number; otherwise it is a histogram. Of two at one time it is the number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Its index among the numbers or among the histograms.</summary>
    public readonly int Index => IsNumber ? _number : _histogram;

    public bool MoveNext()
    {
        while (++Step < grid.Count)
        {
            long time = grid[Step];
            _number = Latest(_numbers, time, _number);
            _histogram = Latest(_histograms, time, _histogram);
            long number = _number < 0 ? long.MinValue : _numbers[_number], histogram = _histogram < 0 ? long.MinValue : _histograms[_histogram];
            if (Math.Max(number, histogram) > time - lookback)
            {
                IsNumber = number >= histogram;
                return true;
            }
        }

        return false;
    }

    private static int Latest(ReadOnlySpan<long> times, long time, int index)
    {
        while (index + 1 < times.Length && times[index + 1] <= time)
        {
            index++;
        }

        return index;
    }
}
