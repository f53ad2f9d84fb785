using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Puts a finished batch into the engine: once, whatever happens in between.</summary>
/// <remarks>
/// <code>
/// intent ─▶ table 1 ─▶ table 2 ─▶ … ─▶ ledger ─▶ commit
///            │ not now: again, later                     every insert carries the token of the batch's range: one that is
///            └ not these rows: the caller isolates       repeated, here or after a crash, is dropped by the engine
/// </code>
/// A table that is isolated is never inserted as a whole again, here or after a crash, and neither are those before it, which may have been
/// isolated too: the checkpoint has the table, and they are stored.
/// </remarks>
internal sealed class BatchStore(
    OtlpSignal signal, SignalJournal journal, IStorageEngine engine, IngestMeter meter, Func<OpenBatch> createBatch, TimeProvider time, ILogger logger)
{
    private OpenBatch? _empty;
    private int _failures;
    private volatile string? _failure;

    /// <summary>Why the last attempt failed, which is repeated; null if it did not.</summary>
    public string? Failure => _failure;

    /// <summary>Inserts the tables of a batch that are not stored, and commits its range.</summary>
    /// <returns>The table that must be isolated, after which this is to be called again; null when all is stored and committed.</returns>
    /// <exception cref="OperationCanceledException">Given up; the range is in the journal and is stored after the next start.</exception>
    public async Task<RefusedTable?> StoreAsync(OpenBatch batch, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        await RetryAsync(() => journal.Begin(batch.End), cancellationToken);
        int isolated = FindIsolated(batch);
        if (isolated >= 0 && journal.Isolation!.Value.DoneUpTo < batch.End)
        {
            return new(isolated, null);
        }

        string token = journal.TokenOf(batch.Start, batch.End);
        for (int i = isolated + 1; i < batch.Tables.Count; i++)
        {
            if (await InsertAsync(batch.Tables[i], token, cancellationToken) is { } refusal)
            {
                return new(i, refusal);
            }
        }

        await RetryAsync(() => journal.Commit(batch.End), cancellationToken);
        foreach (BatchEntry entry in batch.Entries)
        {
            journal.Waiting.Remove(entry.Sender, entry.Header.Records, entry.Header.FrameLength);
        }

        foreach ((LedgerKey key, long records) in batch.Ledger.Entries)
        {
            meter.Booked(signal, key, records);
        }

        batch.Rows.CountStored(meter);
        meter.Stored(signal, batch.RowCount, time.GetElapsedTime(started));
        return null;
    }

    /// <summary>Inserts rows, as often as it takes.</summary>
    /// <returns>The engine's objection to these rows; null when they are stored.</returns>
    public async Task<StorageException?> InsertAsync(ColumnBatch table, string token, CancellationToken cancellationToken)
    {
        if (table.RowCount == 0)
        {
            return null;
        }

        for (int failures = 1; ; failures++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await engine.InsertAsync(table, token, cancellationToken);
                NoteSuccess();
                return null;
            }
            catch (StorageException e)
            {
                // What the ledger and the counts of refused points say has happened already, and no request could be sent again for it.
                if (table is not (IngestLedgerBatch or MetricRefusalBatch) && StoreRetry.SuspectsRows(e, failures) && await TakesOthersAsync(table, cancellationToken))
                {
                    return e;
                }

                await WaitAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>Writes to the journal's disk, as often as it takes.</summary>
    public async Task RetryAsync(Action write, CancellationToken cancellationToken)
    {
        for (bool hasFailed = false; ; hasFailed = true)
        {
            try
            {
                write();
                if (hasFailed)
                {
                    NoteSuccess();
                }

                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await WaitAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>The index of the table that is stored in parts; -1 for none.</summary>
    private int FindIsolated(OpenBatch batch)
    {
        if (journal.Isolation is not { } isolation)
        {
            return -1;
        }

        for (int i = 0; i < batch.Tables.Count; i++)
        {
            if (TableIsolation.KeyOf(batch.Tables[i].Table) == isolation.Table)
            {
                return i;
            }
        }

        IngestLog.IsolatedTableUnknown(logger, signal);
        return -1;
    }

    /// <summary>Whether the engine takes inserts into this table at all: then it is the rows that it refuses.</summary>
    private async Task<bool> TakesOthersAsync(ColumnBatch table, CancellationToken cancellationToken)
    {
        try
        {
            _empty ??= createBatch();
            await engine.ProbeAsync(_empty.Tables.Single(other => other.Table == table.Table), cancellationToken);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private async Task WaitAsync(Exception reason, CancellationToken cancellationToken)
    {
        _failures++;
        meter.Retried(signal);
        TimeSpan delay = StoreRetry.Delay(_failures, Random.Shared.NextDouble());
        _failure = StoreFailure.Describe(reason);
        IngestLog.StoreDelayed(logger, signal, _failures, delay.TotalSeconds, _failure, StoreFailure.IsExpected(reason) ? null : reason);
        await Task.Delay(delay, time, cancellationToken);
    }

    private void NoteSuccess()
    {
        if (_failures > 0)
        {
            IngestLog.StoreRecovered(logger, signal, _failures);
            _failures = 0;
            _failure = null;
        }
    }
}
