using Microsoft.Extensions.Options;
using Observe.Ingest.Memory;

namespace Observe.Ingest.Senders;

/// <summary>
/// The senders that are known at the moment: a bounded number, of which those that are idle are forgotten. Beyond it, new ones are treated
/// as one sender together, so that many addresses cannot take more than many requests can. Thread-safe.
/// </summary>
internal sealed class SenderRegistry
{
    /// <summary>The key of all who come when the registry is full.</summary>
    public const string OthersKey = "(other)";

    /// <summary>Without a connection for longer than exporters that open one for each request pause between two.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);

    /// <summary>How often a new sender makes the registry look for idle ones. The search visits all.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly IngestBudget _budget;
    private readonly SenderOptions _options;
    private readonly int _maxConnections;
    private readonly int _maxConnectionsPerSender;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sender> _senders = [];
    private readonly Sender _others;
    private int _connections;
    private long _sweptAt;

    public SenderRegistry(IngestBudget budget, IOptions<IngestOptions> options, TimeProvider time)
    {
        _budget = budget;
        _options = options.Value.Senders;
        _maxConnections = options.Value.Connections.MaxConnections;
        _maxConnectionsPerSender = options.Value.Connections.MaxConnectionsPerSender;
        _time = time;
        _others = Create(OthersKey);
        _sweptAt = time.GetTimestamp();
    }

    /// <summary>Senders that are told apart now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _senders.Count;
            }
        }
    }

    /// <summary>Connections that are open now.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _connections;
            }
        }
    }

    /// <summary>Begins a connection. To be ended by <see cref="Disconnect"/>.</summary>
    /// <returns>Null when there are as many as are allowed, of this sender or of all.</returns>
    public Sender? TryConnect(string key)
    {
        lock (_lock)
        {
            Sender sender = Find(key);
            if (_connections >= _maxConnections || sender.Connections >= _maxConnectionsPerSender)
            {
                return null;
            }

            _connections++;
            sender.Connections++;
            return sender;
        }
    }

    public void Disconnect(Sender sender)
    {
        lock (_lock)
        {
            _connections--;
            sender.Connections--;
            sender.SeenAt = _time.GetTimestamp();
        }
    }

    private Sender Find(string key)
    {
        if (_senders.TryGetValue(key, out Sender? known))
        {
            return known;
        }

        Sweep();
        if (_senders.Count >= _options.MaxSenders)
        {
            return _others;
        }

        Sender sender = Create(key);
        _senders.Add(key, sender);
        return sender;
    }

    /// <summary>Forgets who is idle; when the registry is full, also who was idle for a shorter time.</summary>
    private void Sweep()
    {
        if (_time.GetElapsedTime(_sweptAt) < SweepInterval)
        {
            return;
        }

        _sweptAt = _time.GetTimestamp();
        bool isFull = _senders.Count >= _options.MaxSenders;
        foreach (Sender sender in _senders.Values)
        {
            if (sender.CanBeForgotten && (isFull || _time.GetElapsedTime(sender.SeenAt) >= IdleTime))
            {
                _senders.Remove(sender.Key);
            }
        }
    }

    private Sender Create(string key) => new(key, new BudgetShare(_budget), new SenderRateLimit(_options, _time), _time.GetTimestamp());
}
