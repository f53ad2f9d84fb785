using Observe.Storage.Batches;

namespace Observe.Ingest.Ledger;

/// <summary>Requests that the ledger counts although nothing of them is stored.</summary>
/// <param name="Minute">Unix minute.</param>
/// <param name="Outcome"><see cref="LedgerOutcome.Resent"/> or <see cref="LedgerOutcome.Refused"/>.</param>
/// <param name="Reason">Why; empty where the outcome says it.</param>
/// <param name="Sender">The sender's key.</param>
/// <param name="Requests">Number of requests.</param>
/// <param name="Records">Number of their records, as far as it is known.</param>
/// <param name="Bytes">Protobuf bytes of the requests, as far as they are known.</param>
internal sealed record LedgerNote(long Minute, LedgerOutcome Outcome, string Reason, string Sender, long Requests, long Records, long Bytes);
