namespace Observe.Query.Ledger;

/// <summary>The ledger of a range.</summary>
/// <param name="Rows">In the order of their keys; rows of which a key is unknown come last.</param>
/// <param name="Total">All rows together.</param>
/// <param name="KnowsWaiting">
/// False when nobody here knows what waits: this process does not ingest, or one service was asked for, which is not known before records are
/// read. What was received then lacks what waits.
/// </param>
public sealed record LedgerAnswer(IReadOnlyList<LedgerRow> Rows, LedgerCounts Total, bool KnowsWaiting);
