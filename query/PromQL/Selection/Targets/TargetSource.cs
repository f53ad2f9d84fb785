using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>Series and samples of <see cref="TargetInfo"/>. No points are read for it: a resource is there on each day on which it sent metrics, up to now.</summary>
internal sealed class TargetSource(TargetCatalog targets, TimeProvider time)
{
    /// <summary>The series that were there on one of the days.</summary>
    public async Task<IReadOnlyList<Target>> FindAsync(LabelMatchers matchers, DayRange days, CancellationToken cancellationToken) =>
        [.. (await targets.SeenAsync(days, cancellationToken)).Where(target => matchers.Match(target.Labels))];

    /// <summary>Their samples.</summary>
    public IReadOnlyList<SampledSeries> Samples(IReadOnlyList<Target> found, SampleRange range)
    {
        range = range with { To = Math.Min(range.To, TimeExpression.Now(time)) };
        if (range.To <= range.From)
        {
            return [];
        }

        // Most targets are there on the same days, and have the same samples.
        var byDays = new Dictionary<string, Samples<double>>(StringComparer.Ordinal);
        var sampled = new List<SampledSeries>();
        foreach (Target target in found)
        {
            string days = string.Join(' ', target.Days);
            if (!byDays.TryGetValue(days, out Samples<double>? samples))
            {
                byDays.Add(days, samples = TargetSamples.Of(target.Days, range));
            }

            if (samples.Count > 0)
            {
                sampled.Add(new SampledSeries(target.Labels, samples, Samples<FloatHistogram>.Empty));
            }
        }

        return sampled;
    }
}
