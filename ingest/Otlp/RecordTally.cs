using System.Runtime.CompilerServices;

namespace Observe.Ingest.Otlp;

/// <summary>Counts records (log records, spans, data points) by what becomes of them.</summary>
/// <remarks>
/// <see cref="OtlpValidator"/> makes one of a request before it is acknowledged, the decoders make another for each service when they turn it
/// into rows. That both agree is what the ledger proves.
/// </remarks>
internal struct RecordTally
{
    private ReasonCounts _byReason;
    private TruncateCounts _byTruncateReason;

    /// <summary>Records that become rows.</summary>
    public int Accepted { get; private set; }

    /// <summary>Records that are passed over.</summary>
    public int Rejected { get; private set; }

    /// <summary>Accepted records that are stored with less than was sent, for whatever reasons.</summary>
    public int Truncated { get; private set; }

    /// <summary>
    /// Accepted records that have no time of their own. Two that are alike may be two events, which a time would tell apart: a request
    /// with such records cannot be taken for one that was sent before because its bytes are the same.
    /// </summary>
    public int Untimed { get; private set; }

    /// <summary>How many were rejected for this reason.</summary>
    public readonly int this[RejectReason reason] => _byReason[(int)reason];

    /// <summary>How many were truncated for this reason; a record can have several.</summary>
    public readonly int this[TruncateReason reason] => _byTruncateReason[(int)reason];

    /// <summary>Counts a record.</summary>
    /// <param name="verdict">What becomes of it.</param>
    /// <param name="time">Not 0 if the record says its time in any of its fields for it.</param>
    /// <param name="truncations">What is left out of it if it is accepted.</param>
    public void Add(RejectReason verdict, ulong time, Truncations truncations = Truncations.None)
    {
        if (verdict == RejectReason.None)
        {
            Accepted++;
            Untimed += time == 0 ? 1 : 0;
            if (truncations != Truncations.None)
            {
                AddTruncated(truncations);
            }
        }
        else
        {
            Rejected++;
            _byReason[(int)verdict]++;
        }
    }

    private void AddTruncated(Truncations truncations)
    {
        Truncated++;
        for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
        {
            _byTruncateReason[i] += ((int)truncations >> i) & 1;
        }
    }

    [InlineArray(RecordRules.ReasonCount)]
    private struct ReasonCounts
    {
        private int _first;
    }

    [InlineArray(RecordRules.TruncateReasonCount)]
    private struct TruncateCounts
    {
        private int _first;
    }
}
