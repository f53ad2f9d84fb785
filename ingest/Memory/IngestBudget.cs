namespace Observe.Ingest.Memory;

/// <summary>The memory that all requests under way share. Thread-safe.</summary>
internal sealed class IngestBudget(long maxBytes)
{
    private long _reserved;

    /// <summary>Bytes reserved now.</summary>
    public long Reserved => Interlocked.Read(ref _reserved);

    /// <exception cref="IngestException">There is no room: <see cref="IngestError.Busy"/>.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _reserved, bytes) > maxBytes)
        {
            Release(bytes);
            throw new IngestException(
                IngestError.Busy, "Observe is receiving more than it can store at the moment. Send the same data again later.");
        }
    }

    public void Release(long bytes) => Interlocked.Add(ref _reserved, -bytes);
}
