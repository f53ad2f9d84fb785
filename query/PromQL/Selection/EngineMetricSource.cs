using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>Series and samples from the engine, for one query.</summary>
/// <remarks>
/// <code>
/// selector ── LabelMatchers ──► MetricCatalog: names ──┬──► SeriesIndex: series ──► readers: samples
///             └─ once a query: SelectedSeries ─────────┘──► TargetSource: target_info
/// </code>
/// </remarks>
internal sealed class EngineMetricSource(SelectedSeries selected, PointReaders readers, TargetSource targets) : IMetricSource
{
    public async Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        SelectedSeries.Selection meant = await selected.OfAsync(selector, cancellationToken);
        var found = new List<SampledSeries>();
        foreach (SelectedSeries.SelectedMetric metric in meant.Metrics)
        {
            var points = new PointRange(metric.Name.Metric.Name, metric.Ids, metric.IsAll, range);
            found.AddRange(await ReadAsync(metric.Name, metric.Series, points, selector, meant.Matchers, memory, cancellationToken));
        }

        found.AddRange(targets.Samples(meant.Targets, range));
        return found;
    }

    private async Task<IReadOnlyList<SampledSeries>> ReadAsync(
        ExposedName name, IReadOnlyList<MetricSeries> series, PointRange points, VectorSelector selector, LabelMatchers matchers, SampleMemory memory,
        CancellationToken cancellationToken)
    {
        try
        {
            return await readers.ReadAsync(name, series, points, selector, matchers, memory, cancellationToken);
        }
        catch (InvalidHistogramException e)
        {
            string translated = ExposedName.OfWhole(name.Metric).First().Name;
            throw new PromQLEvaluationException(
                $"{name.Metric.Name} has points that are no native histograms. {e.Message} The numbers of its observations and their sums can be asked for all the same, as {translated}_count and {translated}_sum.", e);
        }
    }
}
