namespace Observe.Ingest.Cardinality;

/// <summary>What the engine is to be asked about a day, and when: by the number of batches that are in it.</summary>
internal sealed class DayWishes(ushort day)
{
    private readonly Dictionary<string, long> _metrics = new(StringComparer.Ordinal);
    private long _all = long.MaxValue;

    /// <summary>Wishes to know all large metrics.</summary>
    public void AddAll(long commits) => _all = Math.Min(_all, commits);

    /// <summary>Wishes to know a metric, whatever its size.</summary>
    public void Add(string metric, long commits) => _metrics.TryAdd(metric, commits);

    /// <summary>Whether the engine is yet to be asked about a metric by itself.</summary>
    public bool Has(string metric) => _metrics.ContainsKey(metric);

    /// <summary>Takes what the engine may be asked now; null for nothing.</summary>
    public Wish? TakeRipe(long commits)
    {
        if (_all <= commits)
        {
            _all = long.MaxValue;
            return new Wish(day, null);
        }

        string[] ripe = [.. _metrics.Where(metric => metric.Value <= commits).Select(static metric => metric.Key)];
        foreach (string metric in ripe)
        {
            _metrics.Remove(metric);
        }

        return ripe.Length > 0 ? new Wish(day, ripe) : null;
    }
}
