using Observe.Ingest.Otlp;

namespace Observe.Ingest.Cardinality;

/// <summary>What all days and metrics are counted by.</summary>
/// <param name="Limits">How many series and values a metric may have.</param>
/// <param name="Records">How much of a record is stored: what is left out of its labels does not count.</param>
/// <param name="Memory">Where the counts are kept.</param>
internal sealed record CountingRules(CardinalityLimits Limits, RecordLimits Records, SeriesMemory Memory);
