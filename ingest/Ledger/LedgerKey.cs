using Observe.Storage.Batches;

namespace Observe.Ingest.Ledger;

/// <summary>What records have in common that the ledger counts together.</summary>
/// <param name="Minute">Unix minute in which their request was received.</param>
/// <param name="Sender">The sender's key.</param>
/// <param name="Service">The service that they are of; empty where none is known.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="Reason">Why; empty where the outcome says it.</param>
internal readonly record struct LedgerKey(long Minute, string Sender, string Service, LedgerOutcome Outcome, string Reason);
