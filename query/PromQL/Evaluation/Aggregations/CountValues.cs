using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>count_values: how many series of a group have each value, which becomes a label.</summary>
internal static class CountValues
{
    /// <param name="vector">The series.</param>
    /// <param name="signature">The labels of a group.</param>
    /// <param name="label">Gets the value, written as PromQL writes it, in place of what it may have in the group.</param>
    /// <param name="count">Times of the grid.</param>
    public static VectorValue Of(VectorValue vector, LabelSignature signature, string label, int count)
    {
        var counts = new Dictionary<Labels, double[]>();
        foreach (Series series in vector.Series)
        {
            Labels group = signature.Of(series.Labels);
            for (int step = 0; step < count; step++)
            {
                if (!series.Has(step))
                {
                    continue;
                }

                string text = series.Histograms?[step] is { } histogram ? HistogramText.Of(histogram) : NumberText.Print(series.Values[step]);
                Labels labels = group.With(label, text);
                if (!counts.TryGetValue(labels, out double[]? found))
                {
                    counts.Add(labels, found = GridValues.None(count));
                }

                found[step] = StaleMarker.Is(found[step]) ? 1 : found[step] + 1;
            }
        }

        return new VectorValue([.. counts.Select(pair => new Series(pair.Key, pair.Value))]);
    }
}
