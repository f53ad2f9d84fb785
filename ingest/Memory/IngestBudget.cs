namespace Observe.Ingest.Memory;

/// <summary>The memory that all requests under way share. Thread-safe.</summary>
internal sealed class IngestBudget(long maxBytes) : IByteBudget
{
    // Asked a few times per request, for an addition and two comparisons: cheaper held than undone.
    private readonly Lock _lock = new();
    private long _reserved;

    /// <summary>Bytes reserved now.</summary>
    public long Reserved
    {
        get
        {
            lock (_lock)
            {
                return _reserved;
            }
        }
    }

    public void Reserve(long bytes)
    {
        lock (_lock)
        {
            if (_reserved + bytes <= maxBytes)
            {
                _reserved += bytes;
                return;
            }
        }

        throw new IngestException(
            IngestError.Busy, "Observe is receiving more than it can store at the moment. Send the same data again later.");
    }

    public void Release(long bytes)
    {
        lock (_lock)
        {
            _reserved -= bytes;
        }
    }

    /// <summary>Reserves for one of several shares.</summary>
    /// <param name="share">What the share has reserved; changed when there is room.</param>
    /// <param name="bytes">How much more.</param>
    /// <returns>False where the share would have more than is left for all others together.</returns>
    internal bool TryReserve(ref long share, long bytes)
    {
        lock (_lock)
        {
            if (share + bytes > maxBytes - _reserved - bytes)
            {
                return false;
            }

            share += bytes;
            _reserved += bytes;
            return true;
        }
    }

    internal void Release(ref long share, long bytes)
    {
        lock (_lock)
        {
            share -= bytes;
            _reserved -= bytes;
        }
    }

    internal long Read(in long share)
    {
        lock (_lock)
        {
            return share;
        }
    }
}
