using Observe.Storage.Batches;

namespace Observe.Storage.Ingest;

/// <summary>Acknowledged records of one signal and sender that are not in the engine yet.</summary>
/// <param name="Signal">What they are.</param>
/// <param name="Sender">The sender's key as the ledger has it; null where it is not known before the journal has been read.</param>
/// <param name="Records">Records as they were counted before the acknowledgement, those that will be rejected included.</param>
/// <param name="Requests">The requests that they came in.</param>
/// <param name="Bytes">What they take in the journal.</param>
/// <param name="OldestReceivedAt">When the first of them was received.</param>
public sealed record WaitingRecords(FieldSignal Signal, string? Sender, long Records, long Requests, long Bytes, DateTimeOffset OldestReceivedAt);
