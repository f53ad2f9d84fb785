using Observe.Query.Cardinality;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection;

/// <summary>Warns where samples are read of a metric of which points were refused at that time, because it had reached a limit.</summary>
internal sealed class RefusalWarnings(MetricCatalog names, MetricRefusals refusals)
{
    /// <summary>The same samples, with warnings.</summary>
    public IMetricSource Watch(IMetricSource source, AnnotationLog log) => new WatchedSource(this, source, log);

    private async Task WarnAsync(VectorSelector selector, SampleRange range, AnnotationLog log, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricRefusal> all = await refusals.InAsync(new TimeRange(range.From, range.To + 1), metrics: null, cancellationToken);
        if (all.Count == 0)
        {
            return;
        }

        HashSet<string> metrics = [.. (await names.FindAsync(new LabelMatchers(selector), cancellationToken)).Select(name => name.Metric.Name)];
        foreach (MetricRefusal refusal in all.Where(refusal => metrics.Contains(refusal.Metric)))
        {
            // Without numbers of points: what is read piece by piece is said once.
            string limit = refusal.Key.Length > 0 ? $"its limit of values of \"{refusal.Key}\"" : "its limit of series";
            log.Warn($"new series of \"{refusal.Metric}\" are missing, because it had reached {limit} (see /api/v1/metrics/cardinality)", selector);
        }
    }

    private sealed class WatchedSource(RefusalWarnings warnings, IMetricSource source, AnnotationLog log) : IMetricSource
    {
        public async Task<IReadOnlyList<SampledSeries>> SelectAsync(
            VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
        {
            await warnings.WarnAsync(selector, range, log, cancellationToken);
            return await source.SelectAsync(selector, range, memory, cancellationToken);
        }
    }
}
