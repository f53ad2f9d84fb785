namespace Observe.Storage.Batches;

/// <summary>What became of records that arrived. Stored as numbers: a value is never given another meaning.</summary>
/// <remarks>
/// <c>Received = Stored + Rejected + Quarantined + what waits in the journal</c>, at any time. <see cref="Truncated"/> counts records that are in
/// <see cref="Stored"/> too; <see cref="Resent"/> and <see cref="Refused"/> count what never became part of <see cref="Received"/>.
/// </remarks>
public enum LedgerOutcome : sbyte
{
    /// <summary>Records of well-formed requests, as counted before they were acknowledged.</summary>
    Received = 1,

    /// <summary>Records whose rows are in the engine.</summary>
    Stored = 2,

    /// <summary>Records that cannot be stored by what they hold; the sender was told. The reason says which rule.</summary>
    Rejected = 3,

    /// <summary>Stored records of which something was cut. The reason says what.</summary>
    Truncated = 4,

    /// <summary>Records of requests that were recognised as sent before, and not stored again.</summary>
    Resent = 5,

    /// <summary>Records that were acknowledged and set aside in a file, because the engine refused them or the journal is damaged there.</summary>
    Quarantined = 6,

    /// <summary>Requests that the sender was told to send again or to mend, and still has. Their records were not counted.</summary>
    Refused = 7,
}
