using Observe.Ingest.Journal;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Finds the requests whose rows the engine does not take, sets them aside, and stores the rest of the table.</summary>
/// <remarks>
/// <code>
/// requests of the batch   1 2 3 4 5 6 7 8      ✗
///                         1 2 3 4              ✓ one insert
///                                 5 6          ✓
///                                     7        ✗ set aside
///                                       8      ✓
/// </code>
/// From left to right: a part that is refused is halved, one that is taken is followed by a larger one, so that a culprit among many costs
/// two inserts for each halving. Each part has the token of its own range, and the checkpoint says which part is tried before it is: after
/// a crash the same parts are known to be stored and the same part is tried first. What the engine refuses may depend on its state, so
/// nothing here assumes that it says the same twice.
/// Decodes, so it must run where decoding runs.
/// </remarks>
internal sealed class RefusalIsolation(SignalJournal journal, BatchFiller filler, BatchStore store, Func<OpenBatch> createBatch)
{
    private OpenBatch? _part;

    /// <summary>Stores one table of a refused batch in parts. Afterwards the batch knows what was set aside.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="table">The refused table.</param>
    /// <param name="cancellationToken">Gives up; nothing is lost.</param>
    public async Task RunAsync(OpenBatch batch, RefusedTable table, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchEntry> entries = batch.Entries;
        uint key = TableIsolation.KeyOf(batch.Tables[table.Index].Table);
        var next = new IsolationStep(batch);
        if (table.Reason is null && journal.Isolation is { } begun)
        {
            next.Continue(begun);
        }

        while (next.Start < batch.End)
        {
            (long start, long end) = (next.Start, next.End);
            await store.RetryAsync(() => journal.NoteIsolation(new(key, start, end)), cancellationToken);
            if (await TryAsync(batch, table.Index, start, end, cancellationToken) is not { } refusal)
            {
                next.Taken();
            }
            else if (next.Count > 1)
            {
                next.Refused();
            }
            else
            {
                await store.RetryAsync(() => filler.SetAsideRefused(batch, entries[next.First], _part!, table.Index, refusal), cancellationToken);
                next.Taken();
            }
        }

        await store.RetryAsync(() => journal.NoteIsolation(new(key, batch.End, batch.End)), cancellationToken);
    }

    private async Task<StorageException?> TryAsync(OpenBatch batch, int table, long start, long end, CancellationToken cancellationToken)
    {
        OpenBatch part = _part ??= createBatch();
        part.Begin(start);
        foreach ((long position, string why) in batch.SetAside)
        {
            part.SetAside[position] = why;
        }

        filler.FillUntil(part, start, end);
        part.Finish();
        return await store.InsertAsync(part.Tables[table], journal.TokenOf(start, end), cancellationToken);
    }
}
