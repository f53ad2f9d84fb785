namespace Observe.Query.Ledger;

/// <summary>One combination of keys and what became of its records.</summary>
/// <param name="Keys">
/// In the order of <see cref="LedgerRequest.GroupBy"/>; a minute as RFC 3339. Null for records that wait and of which the key is not known yet:
/// their service and minute stand in the journal, where nobody has read them.
/// </param>
public sealed record LedgerRow(IReadOnlyList<string?> Keys, LedgerCounts Counts);
