namespace Observe.Bench.Measure;

/// <summary>Percentiles by the nearest rank, in milliseconds.</summary>
internal sealed record LatencySummary(double P50, double P90, double P99, double Max);
