using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Windows;

/// <summary>Samples of one series, floats and histograms apart, each in the order of their times, which are nanoseconds since 1970.</summary>
public readonly ref struct SeriesSamples
{
    public SeriesSamples(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
        : this(times, values, [], [])
    {
    }

    /// <exception cref="ArgumentException">There are not as many times as samples.</exception>
    public SeriesSamples(ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<long> histogramTimes, ReadOnlySpan<FloatHistogram> histograms)
    {
        if (times.Length != values.Length || histogramTimes.Length != histograms.Length)
        {
            throw new ArgumentException($"{times.Length} times for {values.Length} floats, {histogramTimes.Length} for {histograms.Length} histograms.");
        }

        Times = times;
        Values = values;
        HistogramTimes = histogramTimes;
        Histograms = histograms;
    }

    public ReadOnlySpan<long> Times { get; }

    public ReadOnlySpan<double> Values { get; }

    public ReadOnlySpan<long> HistogramTimes { get; }

    public ReadOnlySpan<FloatHistogram> Histograms { get; }

    /// <summary>For each histogram whether a counter was reset since the one before; empty when that has not been found out.</summary>
    private ReadOnlySpan<bool> Resets { get; init; }

    /// <summary>
    /// Finds out once which histograms follow a reset: neighbours are compared bucket by bucket, and otherwise would be in each window that both are in.
    /// </summary>
    public SeriesSamples WithResets()
    {
        var resets = new bool[Histograms.Length];
        for (int i = 1; i < resets.Length; i++)
        {
            resets[i] = CounterReset.Between(Histograms[i - 1], Histograms[i]);
        }

        return new SeriesSamples(Times, Values, HistogramTimes, Histograms) { Resets = resets };
    }

    /// <summary>Some of the floats and some of the histograms.</summary>
    public SeriesSamples Slice(Range floats, Range histograms) => new(Times[floats], Values[floats], HistogramTimes[histograms], Histograms[histograms])
    {
        Resets = Resets.IsEmpty ? [] : Resets[histograms],
    };

    /// <summary>Whether a counter was reset between a histogram and the one before it.</summary>
    /// <param name="histogram">Its index, not that of the first.</param>
    public bool IsReset(int histogram) =>
        Resets.IsEmpty ? CounterReset.Between(Histograms[histogram - 1], Histograms[histogram]) : Resets[histogram];
}
