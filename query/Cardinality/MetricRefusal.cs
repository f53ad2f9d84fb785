namespace Observe.Query.Cardinality;

/// <summary>Points of a metric that were refused in a minute, because a limit of series or values was reached.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Key">The attribute with too many values; empty where the metric had too many series.</param>
/// <param name="Points">How many.</param>
public sealed record MetricRefusal(string Metric, string Key, long Points);
