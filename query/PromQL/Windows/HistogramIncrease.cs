using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>How much a histogram rose from the first to the last sample of a window.</summary>
internal static class HistogramIncrease
{
    /// <param name="samples">With at least two histograms.</param>
    /// <returns>A gauge in the coarsest layout of those that went into it; null when exponential and custom buckets are mixed.</returns>
    public static FloatHistogram? Of(in SeriesSamples samples, bool isCounter, ref Annotations annotations)
    {
        // Hints of resets may collide here without harm: resets are what is looked for.
        var said = Annotations.None;
        FloatHistogram? increase = isCounter ? OfCounter(samples, ref said) : OfGauge(samples.Histograms, ref said);
        annotations |= said & ~Annotations.CounterResetCollision;
        return increase;
    }

    private static FloatHistogram? OfGauge(ReadOnlySpan<FloatHistogram> histograms, ref Annotations annotations)
    {
        FloatHistogram first = histograms[0], last = histograms[^1];
        FloatHistogram? increase = HistogramArithmetic.Subtract(last, first, ref annotations);
        if (increase is not null && (first.CounterResetHint != CounterResetHint.Gauge || last.CounterResetHint != CounterResetHint.Gauge))
        {
            annotations |= Annotations.NotGauge;
        }

        return increase;
    }

    private static FloatHistogram? OfCounter(in SeriesSamples samples, ref Annotations annotations)
    {
        // After a reset nothing of the first histogram is left in the others, so its buckets need not fit theirs.
        ReadOnlySpan<FloatHistogram> histograms = samples.Histograms;
        FloatHistogram first = samples.IsReset(1)
            ? new FloatHistogram { Schema = histograms[1].Schema, CustomBounds = histograms[1].CustomBounds }
            : histograms[0];
        if (!HaveCommonBuckets(first, histograms, ref annotations))
        {
            return null;
        }

        FloatHistogram? increase = HistogramArithmetic.Subtract(histograms[^1], first, ref annotations);
        for (int i = 2; i < histograms.Length && increase is not null; i++)
        {
            if (samples.IsReset(i))
            {
                increase = HistogramArithmetic.Add(increase, histograms[i - 1], ref annotations);
            }
        }

        return increase;
    }

    /// <summary>Whether all of them can be brought to the same buckets; says what speaks against a counter.</summary>
    private static bool HaveCommonBuckets(FloatHistogram first, ReadOnlySpan<FloatHistogram> histograms, ref Annotations annotations)
    {
        annotations |= histograms[0].CounterResetHint == CounterResetHint.Gauge ? Annotations.NotCounter : Annotations.None;
        foreach (FloatHistogram histogram in histograms[1..])
        {
            annotations |= histogram.CounterResetHint == CounterResetHint.Gauge ? Annotations.NotCounter : Annotations.None;
            if (histogram.UsesCustomBuckets != first.UsesCustomBuckets)
            {
                annotations |= Annotations.MixedExponentialCustom;
                return false;
            }
        }

        return true;
    }
}
