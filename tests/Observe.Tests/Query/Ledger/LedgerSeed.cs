using Observe.Storage.Batches;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Ledger;

/// <summary>
/// Three minutes of two senders. In the third, the ledger of the metrics has lost five points: what it must not hide.
/// </summary>
internal static class LedgerSeed
{
    public static IngestLedgerBatch Batch()
    {
        var batch = new IngestLedgerBatch();
        Add(batch, 0, FieldSignal.Logs, "a", "checkout", LedgerOutcome.Received, "", 2, 100, 5000);
        Add(batch, 0, FieldSignal.Logs, "a", "checkout", LedgerOutcome.Stored, "", 0, 100, 0);
        Add(batch, 0, FieldSignal.Logs, "a", "checkout", LedgerOutcome.Truncated, "attribute_length", 0, 3, 0);
        Add(batch, 0, FieldSignal.Spans, "a", "checkout", LedgerOutcome.Received, "", 1, 10, 700);
        Add(batch, 0, FieldSignal.Spans, "a", "checkout", LedgerOutcome.Stored, "", 0, 7, 0);
        Add(batch, 0, FieldSignal.Spans, "a", "checkout", LedgerOutcome.Rejected, "span_trace_id", 0, 2, 0);
        Add(batch, 0, FieldSignal.Spans, "a", "checkout", LedgerOutcome.Rejected, "span_span_id", 0, 1, 0);
        Add(batch, 1, FieldSignal.Logs, "b", "cart", LedgerOutcome.Received, "", 1, 20, 900);
        Add(batch, 1, FieldSignal.Logs, "b", "cart", LedgerOutcome.Stored, "", 0, 15, 0);
        Add(batch, 1, FieldSignal.Logs, "b", "cart", LedgerOutcome.Quarantined, "engine_refused", 0, 5, 0);
        Add(batch, 1, FieldSignal.Logs, "b", "cart", LedgerOutcome.Resent, "", 1, 20, 900);
        Add(batch, 1, FieldSignal.Logs, "b", "", LedgerOutcome.Refused, "journal_full", 4, 0, 0);
        Add(batch, 2, FieldSignal.Metrics, "b", "cart", LedgerOutcome.Received, "", 1, 50, 2000);
        Add(batch, 2, FieldSignal.Metrics, "b", "cart", LedgerOutcome.Stored, "", 0, 45, 0);
        return batch;
    }

    public static void Add(
        IngestLedgerBatch batch, int minute, FieldSignal signal, string sender, string service, LedgerOutcome outcome, string reason, ulong requests,
        ulong records, ulong bytes)
    {
        batch.Minute.Append((uint)(Seed.Base / Seed.Second) + (uint)(minute * 60));
        batch.Signal.Append((sbyte)signal);
        batch.Sender.Append(sender);
        batch.ServiceName.Append(service);
        batch.Outcome.Append((sbyte)outcome);
        batch.Reason.Append(reason);
        batch.Requests.Append(requests);
        batch.Records.Append(records);
        batch.Bytes.Append(bytes);
    }
}
