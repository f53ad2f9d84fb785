using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>Series and samples from the engine.</summary>
/// <remarks>
/// <code>
/// selector ── LabelMatchers ──► MetricCatalog: names ──┬──► SeriesIndex: series ──► readers: samples
///                                                      └──► TargetSource: target_info
/// </code>
/// </remarks>
internal sealed class EngineMetricSource(MetricCatalog catalog, SeriesIndex index, PointReaders readers, TargetSource targets) : IMetricSource
{
    /// <summary>Each is a statement of its own.</summary>
    private const int MaxNames = 500;

    public async Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        var matchers = new LabelMatchers(selector);
        var found = new List<SampledSeries>();
        foreach (ExposedName name in await NamesAsync(matchers, cancellationToken))
        {
            if (name.View == MetricView.Target)
            {
                found.AddRange(await targets.SelectAsync(matchers, range, cancellationToken));
                continue;
            }

            IReadOnlyList<MetricSeries> all = await index.OfAsync(name, cancellationToken);
            MetricSeries[] wanted = [.. all.Where(series => matchers.Match(series.Labels, except: name.View.OwnLabel()))];
            if (wanted.Length > 0)
            {
                var points = new PointRange(name.Metric.Name, [.. wanted.Select(series => series.Id)], wanted.Length == all.Count, range);
                found.AddRange(await ReadAsync(name, wanted, points, selector, matchers, memory, cancellationToken));
            }
        }

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

    /// <exception cref="PromQLEvaluationException">The selector's conditions on the name leave too many.</exception>
    private async Task<IReadOnlyList<ExposedName>> NamesAsync(LabelMatchers matchers, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExposedName> meant = await catalog.FindAsync(matchers, cancellationToken);
        return meant.Count <= MaxNames ? meant : throw new PromQLEvaluationException(
            $"The selector means {meant.Count} metrics, and {MaxNames} can be read at once: say more of the name, such as {{__name__=~\"http_.*\"}}.");
    }
}
