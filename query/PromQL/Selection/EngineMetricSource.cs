using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Selection;

/// <summary>Series and samples from the engine.</summary>
/// <remarks>
/// <code>
/// selector ── LabelMatchers ──► MetricCatalog: names ──► SeriesIndex: series ──► readers: samples
/// </code>
/// </remarks>
internal sealed class EngineMetricSource(MetricCatalog catalog, SeriesIndex index, PointReaders readers) : IMetricSource
{
    /// <summary>Each is a statement of its own.</summary>
    private const int MaxNames = 500;

    public async Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        var matchers = new LabelMatchers(selector);
        var found = new List<SampledSeries>();
        foreach (ExposedName name in await NamesAsync(matchers, cancellationToken))
        {
            IReadOnlyList<MetricSeries> all = await index.OfAsync(name, cancellationToken);
            MetricSeries[] wanted = [.. all.Where(series => matchers.Match(series.Labels, except: name.View.OwnLabel()))];
            if (wanted.Length > 0)
            {
                var points = new PointRange(name.Metric.Name, [.. wanted.Select(series => series.Id)], wanted.Length == all.Count, range);
                found.AddRange(await readers.ReadAsync(name, wanted, points, matchers, memory, cancellationToken));
            }
        }

        return found;
    }

    /// <summary>What the selector's conditions on the name leave of all names.</summary>
    /// <exception cref="PromQLEvaluationException">They leave too many.</exception>
    public async Task<IReadOnlyList<ExposedName>> NamesAsync(LabelMatchers matchers, CancellationToken cancellationToken)
    {
        ILookup<string, ExposedName> names = await catalog.NamesAsync(cancellationToken);
        if (matchers.ExactName is { } exact)
        {
            return matchers.MatchName(exact) ? [.. names[exact]] : [];
        }

        // Whoever does not say which form of the names is meant gets each metric once.
        ExposedName[] meant = [.. names.Where(group => matchers.MatchName(group.Key)).SelectMany(group => group).Where(name => name.IsTranslated)];
        return meant.Length <= MaxNames ? meant : throw new PromQLEvaluationException(
            $"The selector means {meant.Length} metrics, and {MaxNames} can be read at once: say more of the name, such as {{__name__=~\"http_.*\"}}.");
    }
}
