namespace Observe.Storage.Ingest;

/// <summary>How many series a metric may have on one UTC day, as ingest is configured in this process. It stands in the room that ingest and query both know.</summary>
/// <param name="SeriesPerMetric">Series of a metric; null for no limit.</param>
/// <param name="ValuesPerKey">Distinct values of an attribute of a metric; null for no limit.</param>
public sealed record MetricLimits(int? SeriesPerMetric, int? ValuesPerKey);
