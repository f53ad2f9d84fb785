using Observe.Storage.Batches;
using Observe.Storage.Ingest;

namespace Observe.Query.Ledger;

/// <summary>What became of records, summed up. See <see cref="LedgerOutcome"/> for what each figure means.</summary>
public sealed class LedgerCounts
{
    private readonly List<LedgerReason> _reasons = [];

    /// <summary>Acknowledged records, those included that wait.</summary>
    public long Received { get; private set; }

    public long Stored { get; private set; }

    public long Rejected { get; private set; }

    public long Quarantined { get; private set; }

    /// <summary>Records in the journal that no outcome is known of yet.</summary>
    public long Waiting { get; private set; }

    public long Truncated { get; private set; }

    public long Resent { get; private set; }

    /// <summary>Requests, not records.</summary>
    public long RefusedRequests { get; private set; }

    /// <summary>Acknowledged requests.</summary>
    public long Requests { get; private set; }

    /// <summary>Protobuf bytes of the acknowledged requests that do not wait any more.</summary>
    public long Bytes { get; private set; }

    /// <summary>The reasons of those outcomes that have some.</summary>
    public IReadOnlyList<LedgerReason> Reasons => _reasons;

    /// <summary>Records that were received and met no outcome; negative when more outcomes than records are known. 0 when all is well.</summary>
    public long Difference => Received - Stored - Rejected - Quarantined - Waiting;

    public bool AddsUp => Difference == 0;

    internal void Add(LedgerOutcome outcome, string reason, long requests, long records, long bytes)
    {
        switch (outcome)
        {
            case LedgerOutcome.Received:
                Received += records;
                Requests += requests;
                Bytes += bytes;
                break;
            case LedgerOutcome.Stored:
                Stored += records;
                break;
            case LedgerOutcome.Rejected:
                Rejected += records;
                break;
            case LedgerOutcome.Quarantined:
                Quarantined += records;
                break;
            case LedgerOutcome.Truncated:
                Truncated += records;
                break;
            case LedgerOutcome.Resent:
                Resent += records;
                break;
            case LedgerOutcome.Refused:
                RefusedRequests += requests;
                break;
        }

        if (reason.Length > 0)
        {
            AddReason(new LedgerReason(outcome, reason, records, requests));
        }
    }

    internal void Add(WaitingRecords waiting)
    {
        Waiting += waiting.Records;
        Received += waiting.Records;
        Requests += waiting.Requests;
    }

    private void AddReason(LedgerReason added)
    {
        int index = _reasons.FindIndex(reason => reason.Outcome == added.Outcome && reason.Reason == added.Reason);
        if (index < 0)
        {
            _reasons.Add(added);
        }
        else
        {
            LedgerReason existing = _reasons[index];
            _reasons[index] = existing with { Records = existing.Records + added.Records, Requests = existing.Requests + added.Requests };
        }
    }
}
