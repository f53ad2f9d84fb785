using Observe.Ingest.Journal;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Finds the requests whose rows the engine does not take, sets them aside, and stores the rest of the table.</summary>
/// <remarks>
/// <code>
/// requests of the batch   1 2 3 4 5 6 7 8      ✗
///                         1 2 3 4              ✓ one insert
///                                 5 6 7 8      ✗
///                                 5 6          ✓
///                                     7        ✗ set aside
///                                       8      ✓
/// </code>
/// Halving needs about two inserts for each halving, where trying each request alone would need one for each request. Each part has the
/// token of its own range, so that a crash in the middle, after which all of this happens again, stores nothing twice.
/// Decodes, so it must run where decoding runs.
/// </remarks>
internal sealed class RefusalIsolation(SignalJournal journal, BatchFiller filler, BatchStore store, Func<OpenBatch> createBatch)
{
    private OpenBatch? _part;

    /// <summary>Stores one table of a refused batch in parts. Afterwards the batch knows what was set aside.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="table">The index of the refused table.</param>
    /// <param name="cancellationToken">Gives up; nothing is lost.</param>
    public async Task RunAsync(OpenBatch batch, RefusedTable table, CancellationToken cancellationToken)
    {
        if (batch.Entries.Count == 0)
        {
            return;
        }

        await StoreAsync(batch, table.Index, 0, batch.Entries.Count, table.Reason, cancellationToken);
    }

    private async Task StoreAsync(OpenBatch batch, int table, int first, int count, StorageException reason, CancellationToken cancellationToken)
    {
        if (count == 1)
        {
            filler.SetAsideRefused(batch, batch.Entries[first], reason);
            return;
        }

        int half = count / 2;
        await TryAsync(batch, table, first, half, cancellationToken);
        await TryAsync(batch, table, first + half, count - half, cancellationToken);
    }

    private async Task TryAsync(OpenBatch batch, int table, int first, int count, CancellationToken cancellationToken)
    {
        FrameHeader begin = batch.Entries[first].Header;
        long end = batch.Entries[first + count - 1].End;
        OpenBatch part = _part ??= createBatch();
        part.Begin(begin.Position);
        foreach ((long position, string why) in batch.SetAside)
        {
            part.SetAside[position] = why;
        }

        filler.FillUntil(part, begin.Position, end);
        part.Finish();
        string token = journal.TokenOf(begin.Position, end);
        if (await store.InsertAsync(part.Tables[table], token, cancellationToken) is { } refusal)
        {
            await StoreAsync(batch, table, first, count, refusal, cancellationToken);
        }
    }
}
