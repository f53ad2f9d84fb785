namespace Observe.Ingest.Cardinality;

/// <summary>The days whose series are counted. As many as there is memory for; when it is short, those go that nothing came for in a while.</summary>
/// <param name="rules">What they are counted by.</param>
/// <param name="forgotten">Is told of each day that goes.</param>
internal sealed class AdmissionDays(CountingRules rules, Action<ushort> forgotten)
{
    /// <summary>
    /// Batches without a series of a day after which it may go. More than are open, so that the engine has the whole day when it comes back; and enough that a backfill that
    /// takes its days in turn does not read them anew in every round: when its days are too many for the memory, metrics are given up instead, and the log says so.
    /// </summary>
    public const int IdleBatches = 16;

    private readonly Dictionary<ushort, MetricsOfDay> _days = [];
    private MetricsOfDay? _last;
    private long _noneIdleAt = -1;

    public IEnumerable<MetricsOfDay> All => _days.Values;

    /// <summary>How many days were ever new.</summary>
    public long Created { get; private set; }

    /// <summary>Whether what was given up for lack of memory had better not be read again yet.</summary>
    public bool IsMemoryScarce => rules.Memory.IsScarce;

    /// <summary>A day that a series came for; null when there is no memory for it.</summary>
    public MetricsOfDay? Of(ushort day, long commits)
    {
        MetricsOfDay? metrics = _last = _last?.Day == day ? _last : Expect(day, commits);
        if (metrics is null)
        {
            return null;
        }

        bool isFirstUse = !metrics.IsUsed;
        metrics.LastUse = commits; // before the next day looks for memory: this one may have lain there for long
        metrics.IsUsed = true;
        if (isFirstUse && day < ushort.MaxValue)
        {
            // At midnight all series are new at once, and nobody should have to ask then.
            Expect((ushort)(day + 1), commits);
        }

        return metrics;
    }

    /// <summary>A day that series may come for; null when there is no memory for it.</summary>
    public MetricsOfDay? Expect(ushort day, long commits)
    {
        MetricsOfDay? metrics;
        while (!_days.TryGetValue(day, out metrics))
        {
            metrics = MetricsOfDay.TryCreate(day, rules);
            if (metrics is not null)
            {
                metrics.LastUse = commits;

                // At once: as long as the engine has not answered, all its metrics are watched from their first series on.
                metrics.Wishes.AddAll(commits);
                _days.Add(day, metrics);
                Created++;
            }
            else if (!TryForgetIdle(commits))
            {
                return null;
            }
        }

        return metrics;
    }

    /// <summary>Forgets days that nothing came for in a while, until half of the memory is free.</summary>
    /// <returns>Whether there were any.</returns>
    public bool TryForgetIdle(long commits)
    {
        if (_noneIdleAt == commits)
        {
            return false; // this is asked for every series when memory is short
        }

        MetricsOfDay[] idle = [.. _days.Values.Where(day => commits - day.LastUse >= IdleBatches).OrderBy(static day => day.LastUse)];
        foreach (MetricsOfDay day in idle.TakeWhile((_, i) => i == 0 || rules.Memory.IsHalfTaken))
        {
            _days.Remove(day.Day);
            _last = _last == day ? null : _last;
            day.Release();
            forgotten(day.Day);
        }

        _noneIdleAt = idle.Length == 0 ? commits : _noneIdleAt;
        return idle.Length > 0;
    }
}
