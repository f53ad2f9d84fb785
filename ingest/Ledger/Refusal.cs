using Observe.Ingest.Otlp;

namespace Observe.Ingest.Ledger;

/// <summary>What refused requests have in common when they are counted together.</summary>
internal sealed record Refusal(OtlpSignal? Signal, string Sender, IngestError Error);
