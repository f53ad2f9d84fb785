using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Selection;

/// <summary>Lists series by their labels alone, without samples.</summary>
internal sealed class SeriesBrowser(EngineMetricSource source, SeriesIndex index)
{
    /// <summary>The labels of the series that any of the selectors means; of all series where there are none. Each once.</summary>
    /// <remarks>A histogram's buckets and a summary's quantiles are one series here: their bounds and levels are known from points alone.</remarks>
    public async Task<IReadOnlyCollection<Labels>> SeriesAsync(IReadOnlyList<VectorSelector> selectors, CancellationToken cancellationToken)
    {
        var found = new HashSet<Labels>();
        foreach (VectorSelector selector in selectors.Count > 0 ? selectors : [new VectorSelector(null, [], null, null, default)])
        {
            var matchers = new LabelMatchers(selector);
            foreach (ExposedName name in await source.NamesAsync(matchers, cancellationToken))
            {
                IReadOnlyList<MetricSeries> all = await index.OfAsync(name, cancellationToken);
                found.UnionWith(all.Where(series => matchers.Match(series.Labels, except: name.View.OwnLabel())).Select(series => series.Labels));
            }
        }

        return found;
    }
}
