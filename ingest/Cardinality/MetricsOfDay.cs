using System.Diagnostics.CodeAnalysis;
using System.Text;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>The metrics of a day.</summary>
/// <remarks>
/// <code>
/// new series of a metric ─▶ one of the first MaxNames names: a MetricDay
///                           any other: OtherMetrics, until it may be large; then a MetricDay
/// </code>
/// </remarks>
internal sealed class MetricsOfDay
{
    /// <summary>Names that are told apart. Where there are more, ids or hosts are part of them.</summary>
    public const int MaxNames = 100_000;

    /// <summary>The batch that is filled and the one that is stored while a wish comes up: what they hold is in the engine when two more are.</summary>
    public const int OpenBatches = 2;

    /// <summary>Of the object and what it always has.</summary>
    private const long OwnBytes = 1_024;

    private readonly CountingRules _rules;
    private readonly Dictionary<byte[], MetricDay> _metrics = new(Utf8Comparer.Instance);
    private OtherMetrics? _others;
    private bool _isLoaded;

    private MetricsOfDay(ushort day, CountingRules rules)
    {
        Day = day;
        _rules = rules;
        Wishes = new DayWishes(this);
    }

    /// <summary>Days since 1970-01-01 (UTC).</summary>
    public ushort Day { get; }

    /// <summary>What is to be learnt from the engine.</summary>
    public DayWishes Wishes { get; }

    /// <summary>The number of committed batches when a series of the day was last looked at, or the engine said what it has of it.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether a series of the day was looked at.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether series went in of metrics that there was no memory for: when there is, these are known only to the engine.</summary>
    public bool HasUncounted { get; set; }

    /// <summary>Whether it was released.</summary>
    public bool IsForgotten { get; private set; }

    /// <returns>A day of which nothing is known; null when there is no memory for it.</returns>
    public static MetricsOfDay? TryCreate(ushort day, CountingRules rules) => rules.Memory.Whole.TryTake(OwnBytes) ? new MetricsOfDay(day, rules) : null;

    /// <summary>Finds a metric of which a series seems new.</summary>
    /// <param name="name">In valid UTF-8, of at most <see cref="SeriesMemory.MaxNameBytes"/>.</param>
    /// <param name="commits">Committed batches.</param>
    /// <param name="metric">The metric; null if it is not told apart, and all its series go in until it is.</param>
    /// <returns>Whether there was memory to count it.</returns>
    public bool TryGet(ReadOnlySpan<byte> name, long commits, out MetricDay? metric)
    {
        if (_metrics.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out metric))
        {
            return true;
        }

        bool isOther = _metrics.Count >= MaxNames;
        if (isOther)
        {
            if (!TryMakeOthers(out OtherMetrics? others))
            {
                return false;
            }

            if (others.Count(name) < _rules.Limits.LargeFrom)
            {
                return true;
            }
        }

        MetricDay? created = MetricDay.TryCreate(name, Day, _rules);
        if (created is null)
        {
            return false;
        }

        // Until the engine has said what it has of the day, that may be nearly as much as the limit: what comes is known one by one.
        if ((isOther || !_isLoaded || _rules.Limits.WatchFrom <= 1) && !created.TryWatch())
        {
            created.Release();
            return false;
        }

        bool hasEarlier = isOther || HasUncounted;
        created.IsComplete = _isLoaded && !hasEarlier && created.IsWatched && !Wishes.Has(created.Name);
        if (hasEarlier && created.IsWatched)
        {
            Wishes.Add(created.Name, commits + OpenBatches);
        }

        _metrics.Add(name.ToArray(), metric = created);
        return true;
    }

    /// <summary>Takes on metrics as the engine has them, beside what was seen of them meanwhile.</summary>
    /// <param name="stored">What it has. Metrics that are missing there must have been wished for again.</param>
    /// <param name="metrics">Those of them that are not.</param>
    /// <param name="commits">Committed batches.</param>
    public void TakeOn(StoredSeries stored, IReadOnlyDictionary<string, MetricDay> metrics, long commits)
    {
        foreach (MetricDay metric in metrics.Values)
        {
            TakeOn(metric, commits);
        }

        if (!stored.IsWhole)
        {
            return; // what is not there, the engine may have
        }

        IReadOnlyCollection<string>? asked = stored.Wish.Metrics;
        _isLoaded |= asked is null;
        foreach (MetricDay metric in asked is null ? _metrics.Values : Find(asked))
        {
            if (!metric.IsWatched || metrics.ContainsKey(metric.Name) || Wishes.Has(metric.Name))
            {
                continue;
            }

            if (asked is not null || _rules.Limits.WatchFrom <= 1)
            {
                metric.IsComplete = true; // the engine has nothing of it
            }
            else if (metric.SeriesCount >= _rules.Limits.WatchFrom)
            {
                Wishes.Add(metric.Name, commits);
            }
            else
            {
                metric.Unwatch();
            }
        }
    }

    /// <summary>Gives all memory back. It must not be used any more.</summary>
    public void Release()
    {
        IsForgotten = true;
        foreach (MetricDay metric in _metrics.Values)
        {
            metric.Release();
        }

        _rules.Memory.Whole.Return(OwnBytes + (_others is null ? 0 : OtherMetrics.Bytes));
    }

    private void TakeOn(MetricDay stored, long commits)
    {
        byte[] name = Encoding.UTF8.GetBytes(stored.Name);
        _metrics.TryGetValue(name, out MetricDay? seen);

        // Series that were only counted, or went in while it was given up, may be in a batch that the engine did not have when it was asked.
        bool isComplete = seen is null or { IsWatched: true } && !Wishes.Has(stored.Name);
        if (!stored.IsGivenUp)
        {
            if (seen is not null && !stored.TryUnionWith(seen))
            {
                stored.GiveUp();
            }
            else if (!isComplete)
            {
                Wishes.Add(stored.Name, commits + OpenBatches);
            }
        }

        if (stored.IsGivenUp)
        {
            Wishes.Retry(stored.Name, commits);
        }

        seen?.Release();
        stored.IsComplete = isComplete;
        _metrics[name] = stored;
    }

    private IEnumerable<MetricDay> Find(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_metrics.TryGetValue(Encoding.UTF8.GetBytes(name), out MetricDay? metric))
            {
                yield return metric;
            }
        }
    }

    private bool TryMakeOthers([NotNullWhen(true)] out OtherMetrics? others)
    {
        if (_others is null && _rules.Memory.Whole.TryTake(OtherMetrics.Bytes))
        {
            _others = new OtherMetrics();
        }

        others = _others;
        return others is not null;
    }
}
