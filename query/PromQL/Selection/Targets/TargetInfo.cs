namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>
/// <c>target_info</c>: a series with the value 1 for each resource that sends metrics, whose labels are <c>job</c>, <c>instance</c> and the resource's attributes. See
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#resource-attributes.
/// </summary>
internal static class TargetInfo
{
    public const string Name = "target_info";

    /// <summary>Stands for it among the metrics that are stored.</summary>
    public static MetricIdentity Metric { get; } = new(Name, "", MetricType.Target, IsMonotonic: false);

    public static MetricDescription Description { get; } = new(Metric, MetricTemporality.Unspecified, "Target metadata");
}
