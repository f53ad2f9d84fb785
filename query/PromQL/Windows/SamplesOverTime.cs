namespace Observe.Query.PromQL.Windows;

/// <summary>What is asked of samples of any kind: <c>count_</c>, <c>present_</c>, <c>first_</c> and <c>last_over_time</c>.</summary>
public static class SamplesOverTime
{
    public static WindowResult Count(in SampleWindow window) =>
        IsEmpty(window) ? WindowResult.None : window.Values.Length + window.Histograms.Length;

    /// <summary>1 if there are any.</summary>
    public static WindowResult Present(in SampleWindow window) => IsEmpty(window) ? WindowResult.None : 1;

    public static WindowResult First(in SampleWindow window)
    {
        if (IsEmpty(window))
        {
            return WindowResult.None;
        }

        return window.Histograms.IsEmpty || (!window.Values.IsEmpty && window.Times[0] < window.HistogramTimes[0]) ? window.Values[0] : window.Histograms[0];
    }

    public static WindowResult Last(in SampleWindow window)
    {
        if (IsEmpty(window))
        {
            return WindowResult.None;
        }

        return window.Histograms.IsEmpty || (!window.Values.IsEmpty && window.HistogramTimes[^1] < window.Times[^1]) ? window.Values[^1] : window.Histograms[^1];
    }

    private static bool IsEmpty(in SampleWindow window) => window.Values.IsEmpty && window.Histograms.IsEmpty;
}
