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

    /// <summary>Records that become rows.</summary>
    public int Accepted { get; private set; }

    /// <summary>Records that are passed over.</summary>
    public int Rejected { get; private set; }

    /// <summary>How many were rejected for this reason.</summary>
    public readonly int this[RejectReason reason] => _byReason[(int)reason];

    public void Add(RejectReason verdict)
    {
        if (verdict == RejectReason.None)
        {
            Accepted++;
        }
        else
        {
            Rejected++;
            _byReason[(int)verdict]++;
        }
    }

    [InlineArray(RecordRules.ReasonCount)]
    private struct ReasonCounts
    {
        private int _first;
    }
}
