using System.Buffers;

namespace Observe.Query.PromQL.Windows;

/// <summary>
/// <c>sum_over_time</c> and <c>avg_over_time</c> of floats on a grid, with about two additions for each sample and step, however long the window is.
/// </summary>
/// <remarks>
/// <code>
///    from          cut               to
/// ────[─────────────|─────────────────]────
///      sums of all   one sum, which
///      that remain   grows
/// </code>
/// Nothing is ever subtracted, which would leave the error of a large sample behind it forever: the left part has its sums from each sample to the cut
/// ready, and when it is used up, the right part becomes the left one. Each sum is compensated, so the result is the rounded sum, as from
/// <see cref="SumOverTime"/>, unless the samples cancel each other out to the last sixteen digits. Where it is not finite, the window is added up in its
/// order.
/// </remarks>
internal static class SlidingSum
{
    public static void Sum(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, false, results);

    public static void Average(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results) =>
        Evaluate(times, values, grid, true, results);

    private static void Evaluate(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, bool average, Span<double> results)
    {
        KahanSum[] remaining = ArrayPool<KahanSum>.Shared.Rent(Math.Max(1, values.Length));
        KahanSum right = default;
        int cut = 0, taken = 0;
        var slider = new WindowSlider(times, grid);
        while (slider.MoveNext())
        {
            if (slider.From >= cut)
            {
                KahanSum left = default;
                for (int i = slider.To - 1; i >= slider.From; i--)
                {
                    left += values[i];
                    remaining[i] = left;
                }

                cut = slider.To;
                taken = cut;
                right = default;
            }

            for (; taken < slider.To; taken++)
            {
                right += values[taken];
            }

            int count = slider.To - slider.From;
            if (count == 0)
            {
                results[slider.Step] = StaleMarker.Value;
                continue;
            }

            KahanSum sum = slider.From < cut ? remaining[slider.From] + right : right;
            results[slider.Step] = Finite(sum) ? average ? sum.Value / count : sum.Value
                : average ? SumOverTime.Average(values[slider.Range]) : SumOverTime.Sum(values[slider.Range]);
        }

        ArrayPool<KahanSum>.Shared.Return(remaining);
    }

    private static bool Finite(KahanSum sum) => double.IsFinite(sum.Sum) && double.IsFinite(sum.Compensation);
}
