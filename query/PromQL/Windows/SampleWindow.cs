using System.Diagnostics.CodeAnalysis;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>The samples of one series in a window that is open on the left: after its start, up to its end. Times are nanoseconds since 1970.</summary>
/// <param name="start">The latest time that is not in the window.</param>
/// <param name="end">The latest time that is.</param>
/// <param name="samples">All of them in the window, none of them a stale marker.</param>
public readonly ref struct SampleWindow(long start, long end, SeriesSamples samples)
{
    private readonly SeriesSamples _samples = samples;

    public long Start { get; } = start;

    public long End { get; } = end;

    [UnscopedRef]
    public ref readonly SeriesSamples Samples => ref _samples;

    public ReadOnlySpan<long> Times => _samples.Times;

    public ReadOnlySpan<double> Values => _samples.Values;

    public ReadOnlySpan<long> HistogramTimes => _samples.HistogramTimes;

    public ReadOnlySpan<FloatHistogram> Histograms => _samples.Histograms;

    /// <summary>Whether the series has floats and histograms in it.</summary>
    public bool IsMixed => !Values.IsEmpty && !Histograms.IsEmpty;
}
