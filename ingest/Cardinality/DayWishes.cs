namespace Observe.Ingest.Cardinality;

/// <summary>What the engine is to be asked about a day, and when: by the number of batches that are in it.</summary>
internal sealed class DayWishes(MetricsOfDay day)
{
    /// <summary>Metrics that are asked for in one statement, which has their names.</summary>
    public const int MaxMetrics = 1_000;

    /// <summary>Batches before a metric that there was no memory for is read once more: it may be as large as all others together.</summary>
    public const int BatchesUntilRetry = 100;

    private readonly Dictionary<string, (long Ripe, bool NeedsMemory)> _metrics = new(StringComparer.Ordinal);
    private long _all = long.MaxValue;
    private long _next = long.MaxValue; // all days are looked at after each batch, and mostly there is nothing

    /// <summary>Wishes to know all large metrics.</summary>
    public void AddAll(long commits)
    {
        _all = Math.Min(_all, commits);
        _next = Math.Min(_next, commits);
    }

    /// <summary>Wishes to know a metric, whatever its size.</summary>
    public void Add(string metric, long commits)
    {
        if (!_metrics.TryGetValue(metric, out (long, bool NeedsMemory) wish) || wish.NeedsMemory)
        {
            _metrics[metric] = (commits, false);
            _next = Math.Min(_next, commits);
        }
    }

    /// <summary>Wishes to know a metric that there was no memory for: after a while, and not as long as memory is scarce.</summary>
    public void Retry(string metric, long commits)
    {
        if (_metrics.TryAdd(metric, (commits + BatchesUntilRetry, true)))
        {
            _next = Math.Min(_next, commits + BatchesUntilRetry);
        }
    }

    /// <summary>Whether the engine is yet to be asked about a metric by itself.</summary>
    public bool Has(string metric) => _metrics.ContainsKey(metric);

    /// <summary>Takes what the engine may be asked now; null for nothing.</summary>
    public Wish? TakeRipe(long commits, bool isMemoryScarce)
    {
        if (commits < _next)
        {
            return null;
        }

        string[]? ripe = null;
        if (_all <= commits)
        {
            _all = long.MaxValue;
        }
        else
        {
            ripe =
            [
                .. _metrics
                    .Where(metric => metric.Value.Ripe <= commits && !(metric.Value.NeedsMemory && isMemoryScarce))
                    .Select(static metric => metric.Key)
                    .Take(MaxMetrics),
            ];
            Array.ForEach(ripe, metric => _metrics.Remove(metric));
        }

        _next = _metrics.Values.Select(static wish => wish.Ripe).Append(_all).Min();
        return ripe is [] ? null : new Wish(day, ripe);
    }
}
