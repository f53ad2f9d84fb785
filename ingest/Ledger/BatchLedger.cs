using System.Runtime.InteropServices;
using System.Text;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Ledger;

/// <summary>Counts what becomes of the records of one batch, and writes it down as rows that are inserted with the batch's own.</summary>
/// <remarks>
/// <c>received</c> comes from the counts that the receiver made before it acknowledged; what became of the records comes from the decoders. Where
/// the two differ, the difference is booked as received by no known service, so that the sums show it.
/// </remarks>
internal sealed class BatchLedger(FieldSignal signal)
{
    /// <summary>Pairs of sender and service in one batch that are told apart. More are made-up names, and would make a row each.</summary>
    private const int MaxKeys = 20_000;

    /// <summary>Of a longer name, which no service has, the beginning stands in the ledger.</summary>
    private const int MaxServiceBytes = 256;

    private const string NoService = "";
    private const string OtherServices = "(other)";

    private readonly Dictionary<LedgerKey, LedgerCounts> _counts = [];

    /// <summary>The rows, once <see cref="Finish"/> was called.</summary>
    public IngestLedgerBatch Rows { get; } = new();

    /// <summary>What was counted.</summary>
    public IEnumerable<(LedgerKey Key, long Records)> Entries => _counts.Select(static entry => (entry.Key, entry.Value.Records));

    /// <summary>Counts a request whose records are in the batch.</summary>
    /// <param name="receivedAt">Unix nanoseconds.</param>
    /// <param name="sender">The sender's key.</param>
    /// <param name="records">Its records as counted before the acknowledgement.</param>
    /// <param name="bytes">Length of its body.</param>
    /// <param name="tallies">Its records as the decoders counted them.</param>
    /// <returns>Whether both counts agree.</returns>
    public bool AddStored(long receivedAt, string sender, int records, int bytes, ServiceTallies tallies)
    {
        long minute = MinuteOf(receivedAt);
        long decoded = 0;
        (long Requests, long Bytes) once = (1, bytes);
        foreach ((byte[] serviceName, RecordTally tally) in tallies.All)
        {
            string service = _counts.Count < MaxKeys ? Encoding.UTF8.GetString(Utf8Text.Cut(serviceName, MaxServiceBytes)) : OtherServices;
            long total = (long)tally.Accepted + tally.Rejected;
            decoded += total;
            Add(new(minute, sender, service, LedgerOutcome.Received, ""), once.Requests, total, once.Bytes);
            once = default;
            Add(new(minute, sender, service, LedgerOutcome.Stored, ""), 0, tally.Accepted, 0);
            for (int i = 1; i < RecordRules.ReasonCount; i++)
            {
                var reason = (RejectReason)i;
                if (tally[reason] > 0)
                {
                    Add(new(minute, sender, service, LedgerOutcome.Rejected, RecordRules.NameOf(reason)), 0, tally[reason], 0);
                }
            }

            for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
            {
                var reason = (TruncateReason)i;
                if (tally[reason] > 0)
                {
                    Add(new(minute, sender, service, LedgerOutcome.Truncated, RecordRules.NameOf(reason)), 0, tally[reason], 0);
                }
            }
        }

        if (decoded != records)
        {
            Add(new(minute, sender, NoService, LedgerOutcome.Received, ""), once.Requests, records - decoded, once.Bytes);
        }

        return decoded == records;
    }

    /// <summary>Counts a request, or what is left of one, that was set aside.</summary>
    public void AddQuarantined(long receivedAt, string sender, int records, int bytes, string reason)
    {
        long minute = MinuteOf(receivedAt);
        Add(new(minute, sender, NoService, LedgerOutcome.Received, ""), 1, records, bytes);
        Add(new(minute, sender, NoService, LedgerOutcome.Quarantined, reason), 1, records, bytes);
    }

    public void Add(LedgerNote note) =>
        Add(new(note.Minute, note.Sender, NoService, note.Outcome, note.Reason), note.Requests, note.Records, note.Bytes);

    /// <summary>Makes the rows. Call once, before the batch is inserted.</summary>
    public void Finish()
    {
        foreach ((LedgerKey key, LedgerCounts counts) in _counts)
        {
            Rows.Minute.Append((uint)(key.Minute * 60));
            Rows.Signal.Append((sbyte)signal);
            Rows.Sender.Append(key.Sender);
            Rows.ServiceName.Append(key.Service);
            Rows.Outcome.Append((sbyte)key.Outcome);
            Rows.Reason.Append(key.Reason);
            Rows.Requests.Append((ulong)counts.Requests);
            Rows.Records.Append((ulong)counts.Records);
            Rows.Bytes.Append((ulong)counts.Bytes);
        }
    }

    public void Clear()
    {
        _counts.Clear();
        Rows.Clear();
    }

    public static long MinuteOf(long unixNano) => unixNano / 60_000_000_000;

    private void Add(in LedgerKey key, long requests, long records, long bytes)
    {
        ref LedgerCounts counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
        counts = new(counts.Requests + requests, counts.Records + records, counts.Bytes + bytes);
    }

    private readonly record struct LedgerCounts(long Requests, long Records, long Bytes);
}
