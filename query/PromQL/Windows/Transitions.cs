namespace Observe.Query.PromQL.Windows;

/// <summary><c>resets</c> and <c>changes</c>: how often a sample differs from the one before. From a float to a histogram and back is both.</summary>
public static class Transitions
{
    /// <summary>Whether the sample of an index differs from the one before it.</summary>
    private delegate bool Transition(in SeriesSamples samples, int index);

    /// <summary>How often a counter was reset.</summary>
    public static WindowResult Resets(in SampleWindow window)
    {
        return Count(window, static (in samples, i) => samples.Values[i] < samples.Values[i - 1], static (in samples, i) => samples.IsReset(i));
    }

    /// <summary>How often a value changed. NaN is the same as NaN here.</summary>
    public static WindowResult Changes(in SampleWindow window)
    {
        return Count(
            window,
            static (in samples, i) => !samples.Values[i].Equals(samples.Values[i - 1]),
            static (in samples, i) => !samples.Histograms[i].Equals(samples.Histograms[i - 1]));
    }

    private static WindowResult Count(in SampleWindow window, Transition ofFloats, Transition ofHistograms)
    {
        ref readonly SeriesSamples samples = ref window.Samples;
        int floats = samples.Values.Length, histograms = samples.Histograms.Length;
        if (floats + histograms == 0)
        {
            return WindowResult.None;
        }

        int count = 0, value = 0, histogram = 0;
        bool? wasFloat = null;
        while (value < floats || histogram < histograms)
        {
            bool isFloat = histogram == histograms || (value < floats && samples.Times[value] < samples.HistogramTimes[histogram]);
            bool differs = wasFloat is not null && (wasFloat != isFloat || (isFloat ? ofFloats(samples, value) : ofHistograms(samples, histogram)));
            count += differs ? 1 : 0;
            value += isFloat ? 1 : 0;
            histogram += isFloat ? 0 : 1;
            wasFloat = isFloat;
        }

        return count;
    }
}
