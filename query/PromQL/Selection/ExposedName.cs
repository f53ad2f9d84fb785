using Observe.Query.PromQL.Naming;

namespace Observe.Query.PromQL.Selection;

/// <summary>A name by which PromQL can ask for a metric, or for a part of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Metric">The metric.</param>
/// <param name="View">What of its points is meant.</param>
/// <param name="IsTranslated">Whether it is Prometheus's form of the name; then labels are in that form too.</param>
public sealed record ExposedName(string Name, MetricIdentity Metric, MetricView View, bool IsTranslated)
{
    /// <summary>All names of a metric: those that Prometheus would have for it, and its own.</summary>
    public static IEnumerable<ExposedName> Of(MetricIdentity metric)
    {
        string translated = PrometheusNames.Metric(
            metric.Name, metric.Unit, isCounter: metric is { Type: MetricType.Sum, IsMonotonic: true }, isGauge: metric.Type == MetricType.Gauge);
        MetricView whole = metric.Type switch
        {
            MetricType.Histogram or MetricType.ExponentialHistogram => MetricView.Histogram,
            MetricType.Summary => MetricView.Quantile,
            _ => MetricView.Value,
        };
        yield return new ExposedName(translated, metric, whole, IsTranslated: true);
        if (metric.Name != translated)
        {
            yield return new ExposedName(metric.Name, metric, whole, IsTranslated: false);
        }

        if (metric.Type == MetricType.Histogram)
        {
            yield return new ExposedName(translated + "_bucket", metric, MetricView.Bucket, IsTranslated: true);
        }

        if (whole != MetricView.Value)
        {
            yield return new ExposedName(translated + "_count", metric, MetricView.Count, IsTranslated: true);
            yield return new ExposedName(translated + "_sum", metric, MetricView.Sum, IsTranslated: true);
        }
    }
}
