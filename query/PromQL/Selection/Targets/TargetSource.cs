using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>Series and samples of <see cref="TargetInfo"/>. No points are read for it: a resource is there on each day on which it sent metrics, up to now.</summary>
internal sealed class TargetSource(TargetCatalog targets, TimeProvider time)
{
    public async Task<IReadOnlyList<SampledSeries>> SelectAsync(LabelMatchers matchers, SampleRange range, CancellationToken cancellationToken)
    {
        range = range with { To = Math.Min(range.To, TimeExpression.Now(time)) };
        if (range.To <= range.From)
        {
            return [];
        }

        // Most targets are there on the same days, and have the same samples.
        var byDays = new Dictionary<string, Samples<double>>(StringComparer.Ordinal);
        var found = new List<SampledSeries>();
        foreach (Target target in await targets.SeenAsync(DayRange.Of(range.From, range.To), cancellationToken))
        {
            if (matchers.Match(target.Labels))
            {
                string days = string.Join(' ', target.Days);
                if (!byDays.TryGetValue(days, out Samples<double>? samples))
                {
                    byDays.Add(days, samples = TargetSamples.Of(target.Days, range));
                }

                found.Add(new SampledSeries(target.Labels, samples, Samples<FloatHistogram>.Empty));
            }
        }

        return [.. found.Where(series => series.Samples.Count > 0)];
    }
}
