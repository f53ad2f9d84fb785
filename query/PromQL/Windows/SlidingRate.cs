using System.Numerics;

namespace Observe.Query.PromQL.Windows;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> of floats on a grid: the same as <see cref="ExtrapolatedRate"/> window by window, bit for bit.
/// </summary>
/// <remarks>
/// A window's result depends on its first and last sample and on the resets between them. Those are found once, so that a step costs as much as a window has
/// resets, mostly none, and not as much as it has samples.
/// </remarks>
internal static class SlidingRate
{
    public static void Rate(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, true, true, results);

    public static void Increase(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, true, false, results);

    public static void Delta(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, false, false, results);

    private static void Evaluate(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, bool isCounter, bool perSecond, Span<double> results)
    {
        List<int> resets = isCounter ? Resets(values) : [];
        int passed = 0;
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            int from = slider.From, to = slider.To;
            if (to - from < 2)
            {
                results[slider.Step] = StaleMarker.Value;
                continue;
            }

            while (passed < resets.Count && resets[passed] <= from)
            {
                passed++;
            }

            double increase = values[to - 1] - values[from];
            for (int i = passed; i < resets.Count && resets[i] < to; i++)
            {
                increase += values[resets[i] - 1];
            }

            double zeroAfter = isCounter ? Extrapolation.ZeroAfter(values[from], increase) : double.PositiveInfinity;
            double factor = Extrapolation.Factor(slider.Start, slider.End, times[from], times[to - 1], to - from, zeroAfter);
            results[slider.Step] = increase * (perSecond ? factor / Seconds.Between(slider.Start, slider.End) : factor);
        }
    }

    /// <summary>The samples that are less than the one before them.</summary>
    private static List<int> Resets(ReadOnlySpan<double> values)
    {
        List<int> resets = [];
        int next = 1;
        while (next < values.Length)
        {
            // Mostly there are none, which several comparisons at once tell quickly.
            int last = Math.Min(values.Length, next + Vector<double>.Count);
            if (last - next < Vector<double>.Count || Vector.LessThanAny(new Vector<double>(values[next..]), new Vector<double>(values[(next - 1)..])))
            {
                for (int i = next; i < last; i++)
                {
                    if (values[i] < values[i - 1])
                    {
                        resets.Add(i);
                    }
                }
            }

            next = last;
        }

        return resets;
    }
}
