using Observe.Ingest.Otlp;

namespace Observe.Ingest;

/// <summary>What the sender of an acknowledged request is told.</summary>
/// <param name="Tally">Its records by what becomes of them.</param>
/// <param name="FirstReceivedAt">When the same bytes were acknowledged before; they are not stored again. Null for a request that is new.</param>
/// <param name="Limited">The metrics because of whose limits points are refused, as words; empty when there are none.</param>
internal readonly record struct IngestReceipt(RecordTally Tally, DateTimeOffset? FirstReceivedAt, string Limited = "");
