using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>A batch and the requests whose rows it holds.</summary>
internal sealed class OpenBatch(SignalBatch batch)
{
    private readonly List<IngestRequest> _requests = [];

    public bool IsEmpty => _requests.Count == 0;

    public IReadOnlyList<IngestRequest> Requests => _requests;

    /// <summary>Records of the requests in it.</summary>
    public int RowCount { get; private set; }

    public long ByteCount => batch.ByteCount;

    public bool IsCrowded => batch.IsCrowded;

    /// <summary>
    /// Decodes a request into the batch. Where decoding throws, which validation rules out short of a fault in Observe, columns are left
    /// with different lengths: the batch is made again from the other requests' bytes.
    /// </summary>
    /// <returns>What decoding threw; the request is then not in the batch.</returns>
    public Exception? TryAdd(IngestRequest request)
    {
        try
        {
            batch.Decode(request.Body, request.ReceivedAt);
        }
        catch (Exception e)
        {
            Rebuild();
            return e;
        }

        _requests.Add(request);
        RowCount += request.Validation.Accepted;
        return null;
    }

    /// <summary>Inserts all tables, in the order in which they refer to each other. Decodes nothing and completes nothing.</summary>
    public async Task InsertAsync(IStorageEngine engine, CancellationToken cancellationToken)
    {
        foreach (ColumnBatch table in batch.Tables)
        {
            if (table.RowCount > 0)
            {
                await engine.InsertAsync(table, deduplicationToken: null, cancellationToken);
            }
        }
    }

    /// <summary>Adds the rows that are known only at the end.</summary>
    public void Finish() => batch.Finish();

    /// <summary>Remembers what the side tables hold now.</summary>
    public void Commit() => batch.Commit();

    public void CompleteAll(IngestFailure? failure)
    {
        foreach (IngestRequest request in _requests)
        {
            request.Complete(failure);
        }
    }

    /// <summary>Forgets rows and requests; the memory stays.</summary>
    public void Clear()
    {
        batch.Clear();
        _requests.Clear();
        RowCount = 0;
    }

    private void Rebuild()
    {
        batch.Clear();
        foreach (IngestRequest request in _requests)
        {
            batch.Decode(request.Body, request.ReceivedAt);
        }
    }
}
