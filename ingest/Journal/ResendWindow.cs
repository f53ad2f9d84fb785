namespace Observe.Ingest.Journal;

/// <summary>The requests of the last minutes, so that one that is sent again is recognised. Thread-safe.</summary>
internal sealed class ResendWindow(TimeSpan window, int maxRequests)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, KnownRequest> _known = [];
    private readonly Queue<KnownRequest> _oldestFirst = [];
    private readonly long _nanoseconds = window.Ticks * TimeSpan.NanosecondsPerTick;
    private long _forgottenEarly;

    /// <summary>Requests that were forgotten before their time because too many came.</summary>
    public long ForgottenEarly
    {
        get
        {
            lock (_lock)
            {
                return _forgottenEarly;
            }
        }
    }

    /// <summary>Whether these bytes were received within the window.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    public bool TryFind(UInt128 digest, long now, out long receivedAt)
    {
        lock (_lock)
        {
            while (_oldestFirst.TryPeek(out KnownRequest oldest) && oldest.ReceivedAt < now - _nanoseconds)
            {
                Drop();
            }

            bool isKnown = _known.TryGetValue(digest, out KnownRequest known);
            receivedAt = known.ReceivedAt;
            return isKnown;
        }
    }

    /// <summary>Remembers a request, from its place in the journal.</summary>
    public void Add(in KnownRequest request)
    {
        lock (_lock)
        {
            // The same bytes may stand in the journal twice, further apart than the window or forgotten in between: the later place counts.
            if (_known.TryGetValue(request.Digest, out KnownRequest known) && known.Position >= request.Position)
            {
                return;
            }

            _known[request.Digest] = request;
            _oldestFirst.Enqueue(request);
            if (_oldestFirst.Count > maxRequests && Drop())
            {
                _forgottenEarly++;
            }
        }
    }

    /// <summary>Forgets a request before its time.</summary>
    public void Forget(UInt128 digest)
    {
        lock (_lock)
        {
            _known.Remove(digest);
        }
    }

    /// <summary>What is still remembered of a part of the journal.</summary>
    public IReadOnlyCollection<KnownRequest> Between(long start, long end)
    {
        lock (_lock)
        {
            return [.. _oldestFirst.Where(request => request.Position >= start && request.Position < end && IsRemembered(request))];
        }
    }

    /// <summary>Whether an entry of the queue still stands for its digest: it was neither forgotten nor followed by a later one.</summary>
    private bool IsRemembered(in KnownRequest request) => _known.TryGetValue(request.Digest, out KnownRequest known) && known.Position == request.Position;

    private bool Drop()
    {
        KnownRequest oldest = _oldestFirst.Dequeue();
        return IsRemembered(oldest) && _known.Remove(oldest.Digest);
    }
}
