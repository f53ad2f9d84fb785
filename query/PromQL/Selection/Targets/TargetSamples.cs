using Observe.Query.PromQL.Evaluation;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>The samples of <see cref="TargetInfo"/>: 1 at each full minute of the days, and the end of the series where the next day is none of them.</summary>
internal static class TargetSamples
{
    private const long Interval = 60 * PromQLTime.Second;

    /// <param name="days">In days since 1970, in order.</param>
    /// <param name="range">Which samples.</param>
    public static Samples<double> Of(IReadOnlyList<ushort> days, SampleRange range)
    {
        var samples = new SamplesBuilder<double>();
        long first = ((range.IsLatestOnly ? range.To : range.From + Interval) / Interval) * Interval;
        if (first <= range.From)
        {
            return Samples<double>.Empty;
        }

        for (int i = 0; i < days.Count; i++)
        {
            long end = UnixDay.Start(days[i] + 1);
            for (long time = Math.Max(first, UnixDay.Start(days[i])); time < end && time <= range.To; time += Interval)
            {
                samples.Add(time, 1);
            }

            bool goesOn = i + 1 < days.Count && days[i + 1] == days[i] + 1;
            if (!goesOn && end >= first && end <= range.To)
            {
                samples.Add(end, StaleMarker.Value);
            }
        }

        return samples.Build();
    }
}
