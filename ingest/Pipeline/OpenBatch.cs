using Observe.Ingest.Ledger;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>A part of the journal as rows: one batch is one range, one intent, one token.</summary>
internal sealed class OpenBatch(SignalBatch rows, BatchLedger ledger)
{
    private readonly List<BatchEntry> _entries = [];

    public SignalBatch Rows => rows;

    public BatchLedger Ledger => ledger;

    /// <summary>The requests of the range, in order.</summary>
    public IReadOnlyList<BatchEntry> Entries => _entries;

    /// <summary>The requests of the range whose rows must not be in it, by position, with the reason.</summary>
    public Dictionary<long, string> SetAside { get; } = [];

    /// <summary>Where its range of the journal begins.</summary>
    public long Start { get; private set; }

    /// <summary>Where its range of the journal ends.</summary>
    public long End { get; private set; }

    /// <summary>Whether it stands for nothing, so that nothing needs to be committed.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>Records whose rows are in it.</summary>
    public int RowCount { get; private set; }

    public bool IsCrowded => rows.IsCrowded;

    public long ByteCount => rows.ByteCount;

    /// <summary>In the order in which they are inserted. The ledger comes last: it says what happened to all others.</summary>
    public IReadOnlyList<ColumnBatch> Tables => field ??= [.. rows.Tables, ledger.Rows];

    /// <summary>Begins an empty batch at a position of the journal.</summary>
    public void Begin(long start)
    {
        Clear();
        SetAside.Clear();
        Start = End = start;
    }

    /// <summary>Takes on the next request of the journal.</summary>
    public void Add(in BatchEntry entry, int decodedRows)
    {
        _entries.Add(entry);
        RowCount += decodedRows;
        End = entry.End;
    }

    /// <summary>Takes on bytes of the journal that have no rows.</summary>
    public void Extend(long end) => End = end;

    /// <summary>Empties the batch, so that its range can be read again.</summary>
    public void Rewind()
    {
        Clear();
        End = Start;
    }

    /// <summary>Adds the rows that are known only at the end.</summary>
    public void Finish()
    {
        rows.Finish();
        ledger.Finish();
    }

    /// <summary>Remembers what the side tables hold now.</summary>
    public void Commit() => rows.Commit();

    private void Clear()
    {
        rows.Clear();
        ledger.Clear();
        _entries.Clear();
        RowCount = 0;
    }
}
