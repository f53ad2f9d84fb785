namespace Observe.Ingest.Memory;

/// <summary>The memory that all requests under way share, each sender through its <see cref="BudgetShare"/>. Thread-safe.</summary>
internal sealed class IngestBudget(long maxBytes)
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

    /// <summary>Reserves for one of several shares.</summary>
    /// <param name="share">What the share has reserved; changed when there is room.</param>
    /// <param name="bytes">How much more.</param>
    /// <returns>False where the share would have more than is left for all others together.</returns>
    public bool TryReserve(ref long share, long bytes)
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

    public void Release(ref long share, long bytes)
    {
        lock (_lock)
        {
            share -= bytes;
            _reserved -= bytes;
        }
    }

    public long Read(in long share)
    {
        lock (_lock)
        {
            return share;
        }
    }
}
