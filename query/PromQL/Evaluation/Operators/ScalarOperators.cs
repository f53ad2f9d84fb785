using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>Arithmetic and comparisons of a vector and a number.</summary>
internal static class ScalarOperators
{
    /// <param name="binary">No set operator.</param>
    /// <param name="returnsBool">Whether a comparison gives 1 or 0 in place of leaving values out.</param>
    /// <param name="vector">The series.</param>
    /// <param name="scalar">A number for each time.</param>
    /// <param name="isScalarLeft">Where the number stands.</param>
    /// <param name="element">What is computed.</param>
    public static VectorValue Apply(
        BinaryOperator binary, bool returnsBool, IReadOnlyList<Series> vector, double[] scalar, bool isScalarLeft, ElementOperator element)
    {
        bool keepsName = binary.KeepsName(returnsBool);
        var results = new List<Series>(vector.Count);
        foreach (Series series in vector)
        {
            var result = new SeriesBuilder(keepsName ? series.Labels : series.Labels.WithoutName(), scalar.Length);
            for (int step = 0; step < scalar.Length; step++)
            {
                if (series.Has(step))
                {
                    Element value = Element.Of(series, step), number = Element.Of(scalar[step]);
                    result.Set(step, isScalarLeft ? element.Apply(number, value, kept: value) : element.Apply(value, number, kept: value));
                }
            }

            results.Add(result.Build());
        }

        return SeriesSet.Of(results);
    }

    /// <summary>Of two numbers.</summary>
    public static ScalarValue Apply(BinaryOperator binary, double[] left, double[] right) =>
        new([.. left.Select((value, step) => Arithmetic.Apply(binary, value, right[step]))]);
}
