namespace Observe.Query.PromQL.Evaluation;

internal static class SampleExtensions
{
    /// <summary>The same without the ends of the series: a window knows none, only what was measured in it.</summary>
    public static Samples<double> WithoutMarkers(this Samples<double> samples)
    {
        int first = StaleMarker.IndexIn(samples.Values);
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
}
