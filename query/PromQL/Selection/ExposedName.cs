using Observe.Query.PromQL.Naming;

namespace Observe.Query.PromQL.Selection;

/// <summary>A name by which PromQL can ask for a metric, or for a part of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Metric">The metric.</param>
/// <param name="View">What of its points is meant.</param>
/// <param name="IsTranslated">Whether it is Prometheus's form of the name; then labels are in that form too.</param>
public sealed record ExposedName(string Name, MetricIdentity Metric, MetricView View, bool IsTranslated)
{
    /// <summary>All names of a metric and of its parts: those that Prometheus would have for it, and its own.</summary>
    public static IEnumerable<ExposedName> Of(MetricIdentity metric)
    {
        ExposedName[] whole = [.. OfWhole(metric)];
        MetricView[] parts = metric.Type switch
        {
            MetricType.Histogram => [MetricView.Bucket, MetricView.Count, MetricView.Sum],
            MetricType.ExponentialHistogram or MetricType.Summary => [MetricView.Count, MetricView.Sum],
            _ => [],
        };
        return whole.Concat(parts.Select(part => new ExposedName($"{whole[0].Name}_{part.ToString().ToLowerInvariant()}", metric, part, IsTranslated: true)));
    }

    /// <summary>The names of a metric as a whole: the one that Prometheus would have for it, and its own where that is another one.</summary>
    public static IEnumerable<ExposedName> OfWhole(MetricIdentity metric)
    {
        string translated = PrometheusNames.Metric(
            metric.Name, metric.Unit, isCounter: metric is { Type: MetricType.Sum, IsMonotonic: true }, isGauge: metric.Type == MetricType.Gauge);
        MetricView view = metric.Type switch
        {
            MetricType.Histogram or MetricType.ExponentialHistogram => MetricView.Histogram,
            MetricType.Summary => MetricView.Quantile,
            MetricType.Target => MetricView.Target,
            _ => MetricView.Value,
        };
        yield return new ExposedName(translated, metric, view, IsTranslated: true);
        if (metric.Name != translated)
        {
            yield return new ExposedName(metric.Name, metric, view, IsTranslated: false);
        }
    }
}
