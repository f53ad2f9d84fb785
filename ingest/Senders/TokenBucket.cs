namespace Observe.Ingest.Senders;

/// <summary>
/// Limits a rate and allows bursts. What something costs is known when it is done, so it begins while the bucket is above zero, and its
/// cost is taken afterwards, below zero if need be: the debt delays what comes next, and over time the rate holds. Thread-safe.
/// </summary>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _capacity;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _tokens;
    private long _filledAt;

    /// <param name="perSecond">Tokens that flow in.</param>
    /// <param name="burst">A bucket that nobody uses holds what flows in during this time.</param>
    public TokenBucket(double perSecond, TimeSpan burst, TimeProvider time)
    {
        _perSecond = perSecond;
        _capacity = perSecond * burst.TotalSeconds;
        _time = time;
        _tokens = _capacity;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Whether nobody would notice if the bucket were replaced by a new one.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return _tokens >= _capacity;
            }
        }
    }

    /// <summary>How long until something may begin; zero when it may now.</summary>
    public TimeSpan Delay()
    {
        lock (_lock)
        {
            Fill();

            // A tick more, because zero itself is not above zero; a day is as good as never and fits every header.
            return _tokens > 0
                ? TimeSpan.Zero
                : TimeSpan.FromSeconds(Math.Min(-_tokens / _perSecond, TimeSpan.SecondsPerDay)) + TimeSpan.FromTicks(1);
        }
    }

    public void Take(double tokens)
    {
        lock (_lock)
        {
            _tokens -= tokens;
        }
    }

    private void Fill()
    {
        long now = _time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (_perSecond * _time.GetElapsedTime(_filledAt, now).TotalSeconds));
        _filledAt = now;
    }
}
