using Observe.Query.PromQL;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Windows;
using Observe.Tests.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>Samples as text, with their times in seconds: <c>0:1 15:2.5 30:NaN</c>, or histograms: <c>0: count:1 buckets:[1] | 15: count:2 buckets:[2]</c>.</summary>
internal sealed class SampleText
{
    public const long Second = 1_000_000_000;

    public SampleText(string floats, string histograms = "")
    {
        foreach (string sample in floats.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = sample.Split(':');
            Times = [.. Times, Time(parts[0])];
            Values = [.. Values, HistogramText.Number(parts[1])];
        }

        foreach (string sample in histograms.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = sample.IndexOf(':', StringComparison.Ordinal);
            HistogramTimes = [.. HistogramTimes, Time(sample[..colon])];
            Histograms = [.. Histograms, HistogramText.Parse(sample[(colon + 1)..])];
        }
    }

    public long[] Times { get; } = [];

    public double[] Values { get; } = [];

    public long[] HistogramTimes { get; } = [];

    public FloatHistogram[] Histograms { get; } = [];

    public SeriesSamples Samples => new(Times, Values, HistogramTimes, Histograms);

    /// <summary>A function over one window.</summary>
    /// <param name="start">In seconds.</param>
    /// <param name="end">In seconds.</param>
    public WindowResult Evaluate(string function, long start, long end, double parameter, ref Annotations annotations)
    {
        var value = new double[1];
        var histogram = new FloatHistogram?[1];
        WindowFunctions.Evaluate(
            WindowFunctions.Find(function)!, Samples, new WindowGrid(end * Second, end * Second, 1, (end - start) * Second), [parameter], value, histogram, ref annotations);
        return histogram[0] is { } result ? result : StaleMarker.Is(value[0]) ? WindowResult.None : value[0];
    }

    private static long Time(string seconds) => (long)(HistogramText.Number(seconds) * Second);
}
