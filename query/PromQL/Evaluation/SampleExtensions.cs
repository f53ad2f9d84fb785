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

        var kept = new Samples<double>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (!StaleMarker.Is(samples.Values[i]))
            {
                kept.Add(samples.Times[i], samples.Values[i]);
            }
        }

        return kept;
    }

    /// <summary>Those after a time and not after another.</summary>
    public static Samples<T> Within<T>(this Samples<T> samples, long from, long to)
    {
        if (samples.Count == 0 || (samples.Times[0] > from && samples.Times[^1] <= to))
        {
            return samples;
        }

        var kept = new Samples<T>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples.Times[i] > from && samples.Times[i] <= to)
            {
                kept.Add(samples.Times[i], samples.Values[i]);
            }
        }

        return kept;
    }

    private static int IndexOfStale(this ReadOnlySpan<double> values)
    {
        // As integers, for which the search takes many at a time.
        return System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(values).IndexOf(BitConverter.DoubleToInt64Bits(StaleMarker.Value));
    }
}
