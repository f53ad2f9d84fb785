using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>A binary operator on what two series, or a series and a number, have at one time.</summary>
/// <param name="binary">No set operator.</param>
/// <param name="returnsBool">Whether a comparison gives 1 or 0 in place of its left side or nothing.</param>
internal sealed class ElementOperator(BinaryOperator binary, bool returnsBool)
{
    /// <summary>What came up that the user should know.</summary>
    public Annotations Annotations => _annotations;

    /// <summary>Whether it met a number and a histogram, or two histograms, for which it is not defined.</summary>
    public bool HasMetUndefined { get; private set; }

    private Annotations _annotations;

    /// <param name="left">Something.</param>
    /// <param name="right">Something.</param>
    /// <param name="kept">What a comparison that holds leaves: one of the two.</param>
    public Element Apply(Element left, Element right, Element kept) => (left.Histogram, right.Histogram) switch
    {
        (null, null) => Numbers(left.Number, right.Number, kept),
        ({ } x, { } y) => Histograms(x, y, kept),
        ({ } x, null) => HistogramAndNumber(x, right.Number),
        (null, { } y) => binary == BinaryOperator.Multiply ? Element.Of(y.Multiply(left.Number)) : Undefined(),
    };

    private Element Numbers(double left, double right, Element kept) =>
        binary.IsTrim() ? Undefined()
        : !binary.IsComparison() ? Element.Of(Arithmetic.Apply(binary, left, right))
        : Compared(Arithmetic.Holds(binary, left, right), kept);

    private Element Compared(bool holds, Element kept) =>
        returnsBool ? Element.Of(holds ? 1 : 0)
        : holds ? kept
        : Element.None;

    private Element Histograms(FloatHistogram left, FloatHistogram right, Element kept) => binary switch
    {
        BinaryOperator.Add => Element.Of(HistogramArithmetic.Add(left, right, ref _annotations)),
        BinaryOperator.Subtract => Element.Of(HistogramArithmetic.Subtract(left, right, ref _annotations)),
        BinaryOperator.Equal => Compared(left.Equals(right), kept),
        BinaryOperator.NotEqual => Compared(!left.Equals(right), kept),
        _ => Undefined(),
    };

    private Element HistogramAndNumber(FloatHistogram left, double right) => binary switch
    {
        BinaryOperator.Multiply => Element.Of(left.Multiply(right)),
        BinaryOperator.Divide => Element.Of(left.Divide(right)),
        BinaryOperator.TrimUpper => Element.Of(HistogramTrim.Above(left, right)),
        BinaryOperator.TrimLower => Element.Of(HistogramTrim.Below(left, right)),
        _ => Undefined(),
    };

    private Element Undefined()
    {
        HasMetUndefined = true;
        return Element.None;
    }
}
