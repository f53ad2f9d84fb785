namespace Observe.Ingest.Journal;

/// <summary>The bytes on disk that the journals of all signals share. Thread-safe.</summary>
internal sealed class JournalSpace(long maxBytes)
{
    private long _used;

    public long MaxBytes => maxBytes;

    /// <summary>What one signal may take: when its table takes nothing any more, the other two go on.</summary>
    public long MaxBytesOfOne => maxBytes / 3 * 2;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Whether a request of this length finds no room now.</summary>
    public bool IsFullFor(long bytes) => Used + bytes > maxBytes;

    /// <summary>Takes room for a request; false when there is none.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= maxBytes)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Takes room for what is on disk already.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
