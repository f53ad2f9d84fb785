namespace Observe.Query.Ledger;

/// <summary>What the rows of the ledger can be told apart by.</summary>
public enum LedgerKey
{
    /// <summary>The minute in which the request was received.</summary>
    Minute,
    Signal,
    Sender,
    Service,
}
