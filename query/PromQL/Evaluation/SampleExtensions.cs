namespace Observe.Query.PromQL.Evaluation;

internal static class SampleExtensions
{
    /// <summary>The same without the ends of the series: a window knows none, only what was measured in it.</summary>
    public static Samples<double> WithoutMarkers(this Samples<double> samples)
    {
        int first = samples.Values.IndexOfStale();
        if (first < 0)
        {
            return samples;
        }

        var kept = new SamplesBuilder<double>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (!StaleMarker.Is(samples.Values[i]))
            {
                kept.Add(samples.Times[i], samples.Values[i]);
            }
        }

        return kept.Build();
    }

    private static int IndexOfStale(this ReadOnlySpan<double> values)
    {
        // As integers, for which the search takes many at a time.
        return System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(values).IndexOf(BitConverter.DoubleToInt64Bits(StaleMarker.Value));
    }
}
