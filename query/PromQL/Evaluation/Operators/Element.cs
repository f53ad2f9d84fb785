using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>What a series has at one time: a number, a histogram, or nothing.</summary>
internal readonly record struct Element(double Number, FloatHistogram? Histogram)
{
    public static readonly Element None = new(StaleMarker.Value, null);

    public bool IsNone => Histogram is null && StaleMarker.Is(Number);

    public static Element Of(double number) => new(number, null);

    public static Element Of(FloatHistogram? histogram) => new(StaleMarker.Value, histogram);

    public static Element Of(Series series, int step) => new(series.Values[step], series.Histograms?[step]);
}
