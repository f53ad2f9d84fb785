using Observe.Storage.Batches;

namespace Observe.Query.Ledger;

/// <summary>How often an outcome had one reason.</summary>
/// <param name="Records">0 where requests were refused: their records were not counted.</param>
public sealed record LedgerReason(LedgerOutcome Outcome, string Reason, long Records, long Requests);
