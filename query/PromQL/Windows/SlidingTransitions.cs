namespace Observe.Query.PromQL.Windows;

/// <summary><c>resets</c> and <c>changes</c> of floats on a grid: the same as <see cref="Transitions"/> window by window.</summary>
/// <remarks>Counts of whole numbers can be subtracted without error, so each window is the difference of two counts from the first sample on.</remarks>
internal static class SlidingTransitions
{
    public static void Resets(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results)
    {
        var counts = new int[values.Length];
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] = counts[i - 1] + (values[i] < values[i - 1] ? 1 : 0);
        }

        Evaluate(times, counts, grid, results);
    }

    public static void Changes(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results)
    {
        var counts = new int[values.Length];
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] = counts[i - 1] + (values[i].Equals(values[i - 1]) ? 0 : 1);
        }

        Evaluate(times, counts, grid, results);
    }

    /// <param name="counts">For each sample the transitions up to it.</param>
    private static void Evaluate(ReadOnlySpan<long> times, ReadOnlySpan<int> counts, WindowGrid grid, Span<double> results)
    {
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            results[slider.Step] = slider.From == slider.To ? StaleMarker.Value : counts[slider.To - 1] - counts[slider.From];
        }
    }
}
