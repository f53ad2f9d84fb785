namespace Observe.Ingest.Cardinality;

/// <summary>The memory in which series are counted, of all days and metrics together. It is asked before anything is kept. Thread-safe.</summary>
/// <param name="maxBytes">How much there is.</param>
internal sealed class SeriesMemory(long maxBytes)
{
    private long _used;

    /// <summary>Bytes that are taken.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Whether less than half is left.</summary>
    public bool IsHalfTaken => Used > maxBytes / 2;

    /// <returns>Whether there was so much left. If not, nothing is taken.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= maxBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
