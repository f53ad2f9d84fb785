using System.Diagnostics.Metrics;

namespace Observe.Query.SelfMetrics;

/// <summary>The buckets of a histogram: those that its instrument advises, or OpenTelemetry's.</summary>
internal static class AdvisedBounds
{
    /// <summary>What OpenTelemetry's conventions advise for durations.</summary>
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    /// <summary>OpenTelemetry's default for everything else.</summary>
    private static readonly double[] Default = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] Of(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => Advised(histogram.Advice),
        Histogram<float> histogram => Advised(histogram.Advice),
        Histogram<long> histogram => Advised(histogram.Advice),
        Histogram<int> histogram => Advised(histogram.Advice),
        Histogram<short> histogram => Advised(histogram.Advice),
        Histogram<byte> histogram => Advised(histogram.Advice),
        Histogram<decimal> histogram => Advised(histogram.Advice),
        _ => null,
    }
        ?? (instrument.Unit == "s" ? Seconds : Default);

    private static double[]? Advised<T>(InstrumentAdvice<T>? advice)
        where T : struct, IConvertible =>
        advice?.HistogramBucketBoundaries is { } bounds ? [.. bounds.Select(bound => bound.ToDouble(null)).Order()] : null;
}
