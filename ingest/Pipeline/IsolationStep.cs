using Observe.Ingest.Journal;

namespace Observe.Ingest.Pipeline;

/// <summary>Which part of a refused batch is tried next: a pure rule, without effects.</summary>
internal sealed class IsolationStep
{
    private readonly OpenBatch _batch;

    /// <summary>The index behind the smallest part that was refused: what is left of it holds a culprit.</summary>
    private int _refusedEnd;

    /// <summary>Begins with the whole batch, or with its first half if the whole is known to be refused.</summary>
    public IsolationStep(OpenBatch batch, bool isWholeRefused)
    {
        _batch = batch;
        _refusedEnd = isWholeRefused ? batch.Entries.Count : 0;
        Start = batch.Start;
        Count = isWholeRefused ? (batch.Entries.Count + 1) / 2 : batch.Entries.Count;
        End = EndOf(Count);
    }

    /// <summary>Where the part begins in the journal.</summary>
    public long Start { get; private set; }

    /// <summary>Where the part ends in the journal.</summary>
    public long End { get; private set; }

    /// <summary>The index of the part's first request.</summary>
    public int First { get; private set; }

    /// <summary>The number of its requests.</summary>
    public int Count { get; private set; }

    /// <summary>Begins with the part that may have been inserted, or behind it if it is known to be.</summary>
    public void Continue(TableIsolation begun)
    {
        First = CountBefore(begun.DoneUpTo);
        Start = begun.DoneUpTo;
        _refusedEnd = First;
        Count = CountBefore(begun.PartEnd) - First;
        End = begun.PartEnd;
    }

    /// <summary>The part is stored, or set aside.</summary>
    public void Taken()
    {
        First += Count;
        Start = End;

        // What is left of a part that was refused is halved without being tried: the first half was not what the engine did not like.
        int rest = _batch.Entries.Count - First;
        Count = First < _refusedEnd ? (_refusedEnd - First + 1) / 2 : Math.Min(Math.Max(2 * Count, 1), rest);
        End = EndOf(Count);
    }

    /// <summary>The part was refused, and has several requests.</summary>
    public void Refused()
    {
        _refusedEnd = First + Count;
        Count /= 2;
        End = EndOf(Count);
    }

    /// <summary>The last part takes what follows the last request: ledger notes, damaged bytes.</summary>
    private long EndOf(int count) => First + count >= _batch.Entries.Count ? _batch.End : _batch.Entries[First + count - 1].End;

    private int CountBefore(long position) => _batch.Entries.Count(entry => entry.Header.Position < position);
}
