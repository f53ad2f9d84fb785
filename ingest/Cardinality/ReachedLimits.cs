using System.Diagnostics.CodeAnalysis;
using System.Text;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>The limits that metrics have reached, by the metric's name. The pipeline adds to them, receivers read them; nobody waits.</summary>
internal sealed class ReachedLimits
{
    /// <summary>Beyond it, senders of further metrics are no longer told at once; decoding refuses all the same.</summary>
    private const int MaxMetrics = 10_000;

    private readonly Lazy<VerdictCache> _verdicts = new();
    private volatile Dictionary<byte[], ReachedLimit[]> _limits = new(Utf8Comparer.Instance);

    /// <summary>Which series the limits take, by <see cref="ReachedLimit.Salt"/> and a hash of the series.</summary>
    public VerdictCache Verdicts => _verdicts.Value;

    public bool IsEmpty => _limits.Count == 0;

    public bool TryGet(ReadOnlySpan<byte> metric, [MaybeNullWhen(false)] out ReachedLimit[] limits) =>
        _limits.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(metric, out limits);

    /// <summary>Called by one thread at a time.</summary>
    public void Add(ReachedLimit limit)
    {
        byte[] metric = Encoding.UTF8.GetBytes(limit.Metric);
        var limits = new Dictionary<byte[], ReachedLimit[]>(_limits, Utf8Comparer.Instance);
        limits.TryGetValue(metric, out ReachedLimit[]? before);
        if (before is not null || limits.Count < MaxMetrics)
        {
            limits[metric] = [.. (before ?? []).Where(other => other.Day != limit.Day || other.Key != limit.Key || other.IsOfKey != limit.IsOfKey), limit];
            _limits = limits;
        }
    }

    /// <summary>Called by the same thread.</summary>
    public void Remove(Func<ReachedLimit, bool> isGone)
    {
        if (_limits.Values.Any(limits => limits.Any(isGone)))
        {
            _limits = new(
                _limits
                    .Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Where(limit => !isGone(limit)).ToArray()))
                    .Where(entry => entry.Value.Length > 0),
                Utf8Comparer.Instance);
        }
    }
}
