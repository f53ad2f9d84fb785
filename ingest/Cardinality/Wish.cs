namespace Observe.Ingest.Cardinality;

/// <summary>What the engine is to be asked about a day.</summary>
/// <param name="Day">The day; it may be forgotten, and begun anew as another one, before the engine has answered.</param>
/// <param name="Metrics">Only these metrics; null for all large ones.</param>
internal readonly record struct Wish(MetricsOfDay Day, IReadOnlyCollection<string>? Metrics);
