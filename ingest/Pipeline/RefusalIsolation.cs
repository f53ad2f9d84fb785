using Observe.Ingest.Journal;
using Observe.Storage.Batches;

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
/// <para>
/// A refused insert leaves nothing behind only if all its rows lie on one day: of several days, those before the refused one are stored, under the
/// insert's token. So a batch of several days is first divided by day, and each day is tried whole with the batch's own token: a day that the engine
/// has is dropped by it. Only a day that is refused alone is halved.
/// </para>
/// Decodes, so it must run where decoding runs.
/// </remarks>
internal sealed class RefusalIsolation(SignalJournal journal, BatchFiller filler, BatchStore store, Func<OpenBatch> createBatch)
{
    private OpenBatch? _part;
    private OpenBatch? _dayRows;

    /// <summary>Stores one table of a refused batch in parts. Afterwards the batch knows what was set aside.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="table">The refused table.</param>
    /// <param name="cancellationToken">Gives up; nothing is lost.</param>
    public async Task RunAsync(OpenBatch batch, RefusedTable table, CancellationToken cancellationToken)
    {
        TableIsolation? begun = table.Reason is null ? journal.Isolation : null;
        IReadOnlyList<ushort> days = batch.Tables[table.Index].Days();
        if (begun is { Day: null } || (begun is null && days.Count <= 1))
        {
            var next = new IsolationStep(batch, isWholeRefused: true);
            await RunAsync(batch, table.Index, day: null, begun, next, cancellationToken);
        }
        else
        {
            ushort first = begun?.Day ?? 0;
            foreach (ushort day in days.Where(day => day >= first))
            {
                int setAside = batch.SetAside.Count;
                var next = new IsolationStep(batch, isWholeRefused: false);
                await RunAsync(batch, table.Index, day, begun?.Day == day ? begun : null, next, cancellationToken);
                if (batch.SetAside.Count > setAside)
                {
                    filler.Refill(batch);
                    batch.Finish();
                }
            }
        }

        // As large as a batch each, and hardly ever needed.
        _part = _dayRows = null;
        uint key = TableIsolation.KeyOf(batch.Tables[table.Index].Table);
        await store.RetryAsync(() => journal.NoteIsolation(new(key, batch.End, batch.End)), cancellationToken);
    }

    /// <summary>Stores the table's rows of one day, or of all days, in parts.</summary>
    private async Task RunAsync(OpenBatch batch, int table, ushort? day, TableIsolation? begun, IsolationStep next, CancellationToken cancellationToken)
    {
        uint key = TableIsolation.KeyOf(batch.Tables[table].Table);
        if (begun is not null)
        {
            next.Continue(begun.Value);
        }

        while (next.Start < batch.End)
        {
            (long start, long end) = (next.Start, next.End);
            await store.RetryAsync(() => journal.NoteIsolation(new(key, start, end, day)), cancellationToken);
            OpenBatch part = Read(batch, start, end);
            if (await store.InsertAsync(RowsOf(part, table, day), journal.TokenOf(start, end), cancellationToken) is not { } refusal)
            {
                next.Taken();
            }
            else if (next.Count > 1)
            {
                next.Refused();
            }
            else
            {
                BatchEntry entry = batch.Entries[next.First];
                await store.RetryAsync(() => filler.SetAsideRefused(batch, entry, part, table, day, refusal), cancellationToken);
                next.Taken();
            }
        }
    }

    /// <summary>A part of the batch, without the requests that were set aside.</summary>
    private OpenBatch Read(OpenBatch batch, long start, long end)
    {
        // The whole is here already: each of a thousand days is tried with it.
        if (start == batch.Start && end == batch.End)
        {
            return batch;
        }

        OpenBatch part = _part ??= createBatch();
        part.Begin(start);
        foreach ((long position, string why) in batch.SetAside)
        {
            part.SetAside[position] = why;
        }

        filler.FillUntil(part, start, end);
        part.Finish();
        return part;
    }

    private ColumnBatch RowsOf(OpenBatch part, int table, ushort? day)
    {
        if (day is null)
        {
            return part.Tables[table];
        }

        ColumnBatch rows = (_dayRows ??= createBatch()).Tables[table];
        rows.Clear();
        rows.AppendDay(part.Tables[table], day.Value);
        return rows;
    }
}
