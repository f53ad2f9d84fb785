using System.Buffers;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Brings series together that have the same labels after something was computed of them.</summary>
internal static class SeriesSet
{
    /// <summary>One series for each labels. Those that are told apart by their times alone become one, as a counter that went on under another name.</summary>
    /// <exception cref="PromQLEvaluationException">Two have the same labels and a value at the same time.</exception>
    public static VectorValue Of(IReadOnlyList<Series> series)
    {
        var merged = new Dictionary<Labels, Series>(series.Count);
        foreach (Series one in series)
        {
            if (!one.HasAny)
            {
                continue;
            }

            if (!merged.TryAdd(one.Labels, one))
            {
                merged[one.Labels] = Merge(merged[one.Labels], one);
            }
        }

        return new VectorValue([.. merged.Values]);
    }

    /// <summary>Whether no two have the same labels. Rarely false although it is so.</summary>
    public static bool AreDistinct<T>(IReadOnlyList<T> series, Func<T, Labels> labels)
    {
        int[] hashes = ArrayPool<int>.Shared.Rent(series.Count);
        try
        {
            for (int i = 0; i < series.Count; i++)
            {
                hashes[i] = labels(series[i]).GetHashCode();
            }

            Span<int> sorted = hashes.AsSpan(0, series.Count);
            sorted.Sort();
            for (int i = 1; i < sorted.Length; i++)
            {
                if (sorted[i] == sorted[i - 1])
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(hashes);
        }
    }

    private static Series Merge(Series first, Series second)
    {
        double[] values = [.. first.Values];
        FloatHistogram?[]? histograms = first.Histograms is null && second.Histograms is null ? null
            : first.Histograms is null ? new FloatHistogram?[values.Length]
            : [.. first.Histograms];
        for (int i = 0; i < values.Length; i++)
        {
            if (!second.Has(i))
            {
                continue;
            }

            if (first.Has(i))
            {
                throw new PromQLEvaluationException(
                    $"Two series of the result have the same labels, {first.Labels}: keep a label that tells them apart, or aggregate them, for example with sum by (…).");
            }

            values[i] = second.Values[i];
            if (histograms is not null)
            {
                histograms[i] = second.Histograms?[i];
            }
        }

        return new Series(first.Labels, values, histograms);
    }
}
