namespace Observe.Ingest.Cardinality;

/// <summary>An amount of memory that is asked before anything is kept. Thread-safe.</summary>
/// <param name="maxBytes">How much there is.</param>
/// <param name="whole">What this is a part of: whatever is taken here is taken there as well.</param>
internal sealed class MemoryShare(long maxBytes, MemoryShare? whole = null)
{
    private long _used;

    /// <summary>Bytes that are taken.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Whether less than half is left.</summary>
    public bool IsHalfTaken => Used > maxBytes / 2;

    /// <summary>Whether less than a quarter is left.</summary>
    public bool IsScarce => Used > maxBytes / 4 * 3;

    /// <returns>Whether there was so much left. If not, nothing is taken, and nobody else who asks meanwhile goes without because of it.</returns>
    public bool TryTake(long bytes)
    {
        long used = Used;
        for (long seen; used + bytes <= maxBytes; used = seen)
        {
            seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen != used)
            {
                continue;
            }

            if (whole?.TryTake(bytes) == false)
            {
                Interlocked.Add(ref _used, -bytes);
                return false;
            }

            return true;
        }

        return false;
    }

    public void Return(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        whole?.Return(bytes);
    }
}
