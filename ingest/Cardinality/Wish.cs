namespace Observe.Ingest.Cardinality;

/// <summary>What the engine is to be asked about a day.</summary>
/// <param name="Day">Days since 1970-01-01 (UTC).</param>
/// <param name="Metrics">Only these metrics; null for all large ones.</param>
internal readonly record struct Wish(ushort Day, IReadOnlyCollection<string>? Metrics);
