using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>What a function makes of a window: nothing, a float, or a histogram.</summary>
public readonly record struct WindowResult
{
    private WindowResult(double value, FloatHistogram? histogram)
    {
        HasValue = true;
        Value = value;
        Histogram = histogram;
    }

    /// <summary>The series has no sample at this step.</summary>
    public static WindowResult None => default;

    public bool HasValue { get; }

    /// <summary>The float, when there is a value and no <see cref="Histogram"/>.</summary>
    public double Value { get; }

    public FloatHistogram? Histogram { get; }

    public static implicit operator WindowResult(double value) => new(value, null);

    public static implicit operator WindowResult(FloatHistogram? histogram) => histogram is null ? None : new WindowResult(0, histogram);
}
