using System.Buffers;

namespace Observe.Query.PromQL.Windows;

/// <summary>
/// <c>min_over_time</c> and <c>max_over_time</c> of floats on a grid: the same as <see cref="FloatsOverTime"/> window by window, bit for bit.
/// </summary>
/// <remarks>
/// Of the samples in the window only those are kept that no later one surpasses, so the first of them is the answer, and each sample comes and goes once.
/// </remarks>
internal static class SlidingExtremes
{
    public static void Min(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, -1, results);

    public static void Max(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, 1, results);

    private static void Evaluate(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, double sign, Span<double> results)
    {
        // Indexes of samples from the first of the queue to the last.
        int[] queue = ArrayPool<int>.Shared.Rent(Math.Max(1, values.Length));
        int first = 0, last = 0, taken = 0;
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            for (taken = Math.Max(taken, slider.From); taken < slider.To; taken++)
            {
                // NaN surpasses nothing, and everything surpasses it.
                while (last > first && Surpasses(values[taken], values[queue[last - 1]], sign))
                {
                    last--;
                }

                queue[last++] = taken;
            }

            while (first < last && queue[first] < slider.From)
            {
                first++;
            }

            results[slider.Step] = first == last ? StaleMarker.Value : values[queue[first]];
        }

        ArrayPool<int>.Shared.Return(queue);
    }

    private static bool Surpasses(double later, double earlier, double sign) =>
        later * sign > earlier * sign || (double.IsNaN(earlier) && !double.IsNaN(later));
}
