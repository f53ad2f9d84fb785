namespace Observe.Storage.Ingest;

/// <summary>
/// What the ingest tier of this process knows and no table holds. It stands in the room that ingest and query both know; a process without
/// the ingest tier has none registered.
/// </summary>
/// <remarks>Thread-safe, and never waits: health checks and answers read it at any time, also while a disk does not answer.</remarks>
public interface IIngestStatus
{
    /// <summary>
    /// Records that senders were told are safe and of which <c>ingest_ledger</c> has no row yet, neither of their receipt nor of what became of
    /// them: both are written together. What stands in the table plus this is therefore all that was acknowledged.
    /// </summary>
    IReadOnlyList<WaitingRecords> Waiting();

    /// <summary>
    /// Why senders are told to come again (the journal is full, cannot be written, …), as one sentence that says what to do; null while
    /// requests are taken.
    /// </summary>
    string? NotReadyReason { get; }

    /// <summary>What is wrong although requests are taken, such as that nothing can be stored at the moment: a sentence each.</summary>
    IReadOnlyList<string> Warnings { get; }
}
