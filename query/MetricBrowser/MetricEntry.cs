using Observe.Query.PromQL.Selection;

namespace Observe.Query.MetricBrowser;

/// <summary>A metric, as its series tell.</summary>
/// <param name="Metric">Its name, unit and type.</param>
/// <param name="Description">As it was sent last; empty for none.</param>
/// <param name="Temporalities">Those of its series: <c>delta</c>, <c>cumulative</c>, <c>unspecified</c> where the type has none.</param>
/// <param name="Labels">Names of its series' attributes, sorted; at most <see cref="EngineMetricBrowser.MaxLabels"/>.</param>
/// <param name="Services">Who sends it, sorted; of more than <see cref="EngineMetricBrowser.MaxServices"/> any so many.</param>
/// <param name="ServiceCount">How many services send it; an estimate, mostly within one percent, above 65,536.</param>
/// <param name="SeriesCount">How many series it has.</param>
/// <param name="LastDay">The last day (UTC) on which one of them was seen.</param>
/// <param name="LastSeen">The time of its latest point, in Unix nanoseconds; null where it lies before the time that was looked through.</param>
public sealed record MetricEntry(
    MetricIdentity Metric,
    string Description,
    IReadOnlyList<string> Temporalities,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Services,
    long ServiceCount,
    long SeriesCount,
    DateOnly LastDay,
    long? LastSeen)
{
    /// <summary>The names by which PromQL can ask for it in Prometheus's form; its own is another.</summary>
    public IEnumerable<string> PrometheusNames => ExposedName.Of(Metric).Where(name => name.IsTranslated).Select(name => name.Name);
}
