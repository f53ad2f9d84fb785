namespace Observe.Ingest.Journal;

/// <summary>What was found on disk.</summary>
/// <param name="JournalId">New when there was nothing.</param>
/// <param name="Segments">Oldest first.</param>
/// <param name="Committed">Everything before it is in the engine.</param>
/// <param name="End">The first position that may be written.</param>
/// <param name="IntentEnd">Where the batch ends that was being inserted; null for none.</param>
/// <param name="Waiting">Counts the requests that are not in the engine yet; there may be millions.</param>
/// <param name="Remembered">What is kept of deleted segments.</param>
internal sealed record RecoveredJournal(
    Guid JournalId, IReadOnlyList<Segment> Segments, long Committed, long End, long? IntentEnd, WaitingCounts Waiting, RememberedFiles Remembered);
