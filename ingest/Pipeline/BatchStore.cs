using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Puts a full batch into the engine and tells its requests how it went.</summary>
/// <remarks>
/// <code>
/// insert ─┬─ stored ─────────────────────────▶ every request: done
///         ├─ the engine cannot now ──────────▶ every request: try again later
///         └─ the engine refuses these rows ──▶ each request by itself: done, or its own error
/// </code>
/// The last case keeps one sender's records, should the engine not take them, from costing others theirs.
/// </remarks>
internal sealed class BatchStore(OtlpSignal signal, IStorageEngine engine, IngestMeter meter, TimeProvider time, ILogger logger)
{
    /// <summary>Requests that are tried alone, with none stored, before the engine itself is taken to be at fault.</summary>
    private const int MaxFailuresInARow = 3;

    /// <summary>Inserts a finished batch.</summary>
    /// <returns>When it is <see cref="StoreOutcome.Refused"/>, <see cref="StoreEachAsync"/> is to be called.</returns>
    public async Task<StoreOutcome> StoreAsync(OpenBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(batch, cancellationToken);
            batch.CompleteAll(null);
            return StoreOutcome.Stored;
        }
        catch (StorageException e) when (IsRefusal(e) && batch.Requests.Count > 1)
        {
            IngestLog.InsertRefused(logger, signal, batch.Requests.Count, batch.RowCount, e);
            return StoreOutcome.Refused;
        }
        catch (Exception e)
        {
            IngestLog.InsertFailed(logger, signal, batch.Requests.Count, batch.RowCount, e);
            batch.CompleteAll(ToFailure(e));
            return StoreOutcome.Failed;
        }
    }

    /// <summary>Stores each request of a refused batch by itself. Decodes, so it must run where decoding runs.</summary>
    public async Task StoreEachAsync(OpenBatch batch, CancellationToken cancellationToken)
    {
        IngestRequest[] requests = [.. batch.Requests];
        bool anyStored = false;
        for (int i = 0; i < requests.Length; i++)
        {
            if (i == MaxFailuresInARow && !anyStored)
            {
                CompleteRest(requests.AsSpan(i));
                break;
            }

            anyStored |= await StoreOneAsync(batch, requests[i], cancellationToken);
        }

        batch.Clear();
    }

    private async Task<bool> StoreOneAsync(OpenBatch batch, IngestRequest request, CancellationToken cancellationToken)
    {
        batch.Clear();
        try
        {
            if (batch.TryAdd(request) is { } fault)
            {
                throw fault;
            }

            batch.Finish();
            await InsertAsync(batch, cancellationToken);
            batch.Commit();
            request.Complete(null);
            return true;
        }
        catch (Exception e)
        {
            IngestLog.InsertFailed(logger, signal, 1, request.Validation.Accepted, e);
            request.Complete(ToFailure(e));
            return false;
        }
    }

    private async Task InsertAsync(OpenBatch batch, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        await batch.InsertAsync(engine, cancellationToken);
        meter.Stored(signal, batch.RowCount, time.GetElapsedTime(started));
    }

    /// <summary>Nobody knows whether the engine would take these requests by themselves, so their senders are not told to drop them.</summary>
    private static void CompleteRest(ReadOnlySpan<IngestRequest> requests)
    {
        foreach (IngestRequest request in requests)
        {
            request.Complete(new(IngestError.Unavailable, "Observe cannot store records at the moment. Send the same data again later."));
        }
    }

    /// <summary>Whether the rows may be what the engine does not like. In the other cases every insert would fail alike.</summary>
    private static bool IsRefusal(StorageException e) => e.Error is StorageError.BadStatement or StorageError.Failed;

    private static IngestFailure ToFailure(Exception e) => e switch
    {
        // Only this one says for certain that sending again is no use; for all others losing the data would be the worse mistake.
        StorageException { Error: StorageError.BadStatement } =>
            new(IngestError.Internal, "The storage engine refuses these records; sending them again will not help. Observe's log says why."),
        StorageException { Error: StorageError.Disk } =>
            new(IngestError.Unavailable, "Observe cannot write to its disk. Nothing was stored; send the same data again later."),
        StorageException or OperationCanceledException =>
            new(IngestError.Unavailable, "Observe cannot store records at the moment. Send the same data again later."),
        _ => new(IngestError.Internal, "Observe failed to store these records because of a fault of its own. Its log says more."),
    };
}
