using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>
/// Turns the increments of delta temporality into what a counter would show: their running sum from the first sample that is known. Functions for counters
/// then give what they give for the cumulative twin of the series, for they are applied to nothing else.
/// </summary>
/// <remarks>
/// Where the sum begins shows in one thing only: a counter is not extrapolated to before it was zero (see <see cref="Extrapolation"/>). So that a step of one query
/// is what it is in another, samples are read from somewhat before the first window.
/// </remarks>
public static class DeltaTemporality
{
    /// <summary>Adds up increments in place.</summary>
    /// <remarks>
    /// By plain addition: its result never falls when an increment of 0 or more is added, whatever is rounded. A compensated sum can fall by its last digit,
    /// and a counter that falls was reset.
    /// </remarks>
    /// <param name="increments">In the order of their times. One of NaN stays, and adds nothing to those after it.</param>
    /// <param name="before">What came before the first of them.</param>
    /// <returns>All of them together, for the samples that follow.</returns>
    public static double Accumulate(Span<double> increments, double before = 0)
    {
        double total = before;
        foreach (ref double increment in increments)
        {
            if (!double.IsNaN(increment))
            {
                total += increment;
                increment = total;
            }
        }

        return total;
    }

    /// <summary>
    /// Adds up increments in place. A change of custom bounds, or of the kind of buckets, begins anew, as a counter does that was restarted with others.
    /// </summary>
    /// <param name="increments">In the order of their times.</param>
    /// <param name="before">What came before the first of them.</param>
    /// <returns>All of them since the last change of bounds.</returns>
    public static FloatHistogram? Accumulate(Span<FloatHistogram> increments, FloatHistogram? before = null)
    {
        FloatHistogram? total = before;
        foreach (ref FloatHistogram increment in increments)
        {
            total = total is null ? increment with { CounterResetHint = CounterResetHint.Unknown } : Next(total, increment);
            increment = total;
        }

        return total;
    }

    private static FloatHistogram Next(FloatHistogram total, FloatHistogram increment)
    {
        if (total.UsesCustomBuckets == increment.UsesCustomBuckets && CustomBounds.Match(total.CustomBounds, increment.CustomBounds))
        {
            var said = Annotations.None;
            return HistogramArithmetic.Add(total, increment, ref said)! with { CounterResetHint = CounterResetHint.NotCounterReset };
        }

        return increment with { CounterResetHint = CounterResetHint.CounterReset };
    }
}
