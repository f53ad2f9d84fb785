namespace Observe.Query.PromQL.Selection;

/// <summary>OpenTelemetry's kinds of metrics, with the numbers that the column <c>Type</c> of <c>metric_series</c> has.</summary>
public enum MetricType
{
    /// <summary>No metric that is stored: what is known of a resource (<c>target_info</c>).</summary>
    Target = 0,
    Gauge = 1,
    Sum = 2,
    Histogram = 3,
    ExponentialHistogram = 4,
    Summary = 5,
}

public static class MetricTypes
{
    /// <summary>Those of metrics that are stored.</summary>
    public static IReadOnlyList<MetricType> Stored { get; } = [.. Enum.GetValues<MetricType>().Where(type => type != MetricType.Target)];

    /// <summary>The table that has the points of a type.</summary>
    public static string PointTable(this MetricType type) => type switch
    {
        MetricType.Histogram => "histogram_points",
        MetricType.ExponentialHistogram => "exponential_histogram_points",
        MetricType.Summary => "summary_points",
        _ => "number_points",
    };
}
