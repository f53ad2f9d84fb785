using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Query.Tail;

/// <summary>A query that somebody watches: one poll for all viewers that ask the same.</summary>
/// <param name="query">The filter.</param>
/// <param name="rate">Records a second.</param>
/// <param name="after">The last insert that was looked through.</param>
/// <param name="poll">Asks the engine.</param>
/// <param name="time">The clock.</param>
internal sealed class TailQuery(ParsedQuery query, int rate, long after, TailPoll poll, TimeProvider time)
{
    /// <summary>What was not used of the rate stands over for so long: records come in the bursts in which their senders export.</summary>
    private const double BurstSeconds = 2;

    private readonly Lock _lock = new();
    private readonly List<TailSubscription> _viewers = [];
    private long _polledAt = time.GetTimestamp();
    private double _room = rate * BurstSeconds;
    private string? _lastError;

    public SearchSignal Signal => query.Signal;

    /// <summary>What decides whether two viewers see the same: the query as it prints, and the rate.</summary>
    public string Key { get; } = KeyOf(query, rate);

    public long Position { get; private set; } = after;

    public bool HasViewers
    {
        get
        {
            lock (_lock)
            {
                return _viewers.Count > 0;
            }
        }
    }

    public static string KeyOf(ParsedQuery query, int rate) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate} {QueryPrinter.Print(query)}");

    public void Add(TailSubscription viewer)
    {
        lock (_lock)
        {
            _viewers.Add(viewer);
        }
    }

    public bool Remove(TailSubscription viewer)
    {
        lock (_lock)
        {
            return _viewers.Remove(viewer);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _viewers.ForEach(viewer => viewer.End());
        }
    }

    public async Task PollAsync(CancellationToken cancellationToken)
    {
        _room = Math.Min(_room + (rate * time.GetElapsedTime(_polledAt).TotalSeconds), rate * BurstSeconds);
        _polledAt = time.GetTimestamp();
        if (await poll.RunAsync(Position, (int)_room, cancellationToken) is { } batch)
        {
            _room -= batch.Records.Count;
            Position = batch.Position;
            _lastError = null;
            Publish(batch);
        }
    }

    /// <summary>Tells what went wrong, once: the next polls try again.</summary>
    public void Fail(string error)
    {
        if (error != _lastError)
        {
            _lastError = error;
            Publish(TailBatch.Failed(Position, error));
        }
    }

    private void Publish(TailBatch batch)
    {
        lock (_lock)
        {
            _viewers.ForEach(viewer => viewer.Offer(batch));
        }
    }
}
