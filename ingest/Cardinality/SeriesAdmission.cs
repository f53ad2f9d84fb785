using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Cardinality;

/// <summary>Decides whether a new series goes in: a metric has no more of them on a day than <see cref="CardinalityLimits"/> say.</summary>
/// <remarks>
/// <code>
/// new series ─▶ AdmissionDays ─▶ MetricsOfDay ─▶ a small metric: counted         ┐ reached WatchFrom: the engine is asked for those that it
///                                                a metric that is watched: known ┘ has (StoredSeriesSync), once all open batches are in it
/// </code>
/// Asked only for series of which the catalogue of written series knows nothing, so what goes on being sent costs nothing here. The answers depend on what the
/// engine has and not on when the process began; while it has not been asked yet, a day is watched as far as this process has seen it. Memory: at most
/// <see cref="MaxBytes"/>; beyond it, days that nothing came for in a while are forgotten, then the metric that asks for more is let go unlimited, until there is
/// memory to read it from the engine.
/// <para>Used by the pipeline's thread alone, but for <see cref="Reached"/>.</para>
/// </remarks>
internal sealed class SeriesAdmission : IAsyncDisposable
{
    /// <summary>For seven metrics of a million series, each with an attribute that has half a million values.</summary>
    public const long MaxBytes = 192 << 20;

    private readonly CountingRules _rules;
    private readonly AdmissionDays _days;
    private readonly LimitNotices _notices;
    private readonly StoredSeriesSync? _sync;
    private long _commits;

    /// <param name="limits">How many series and values there may be.</param>
    /// <param name="stored">Reads what the engine has; null to count only what comes.</param>
    /// <param name="logger">Is told of limits that are reached.</param>
    /// <param name="records">How much of a record is stored; those that the decoder has.</param>
    /// <param name="maxBytes">Memory.</param>
    public SeriesAdmission(CardinalityLimits limits, StoredSeriesReader? stored, ILogger logger, RecordLimits? records = null, long maxBytes = MaxBytes)
    {
        _rules = new CountingRules(limits, records ?? RecordLimits.Default, new SeriesMemory(maxBytes));
        _notices = new LimitNotices(logger);
        _days = new AdmissionDays(_rules, _notices.Forgotten);
        _sync = stored is null || limits.AreNone ? null : new StoredSeriesSync(_days, new StoredSeriesLoader(stored, _rules, logger), _notices);
    }

    /// <summary>Without limits.</summary>
    public static SeriesAdmission Unlimited => new(CardinalityLimits.None, null, NullLogger.Instance);

    /// <summary>Those that were reached, for receivers.</summary>
    public ReachedLimits Reached => _notices.Reached;

    /// <summary>Ends when the engine has said what it was last asked.</summary>
    public Task Loading => _sync?.Loading ?? Task.CompletedTask;

    /// <summary>Memory that is taken.</summary>
    public long Bytes => _rules.Memory.Whole.Used;

    /// <summary>Asks the engine for what it has of today and the days around it, before anything is decoded. Ends when it is known or cannot be; never fails.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    public async Task StartAsync(long now)
    {
        if (_sync is not null)
        {
            ushort today = UnixTime.Day(now);
            for (int day = Math.Max(today - 1, 0); day <= Math.Min(today + 1, ushort.MaxValue); day++)
            {
                _days.Expect((ushort)day, _commits);
            }

            _sync.Ask(_commits);
            await Loading;
        }
    }

    /// <summary>Takes on what the engine said meanwhile, and asks it what is to be known next. Before each request.</summary>
    public void Update() => _sync?.Update(_commits);

    /// <summary>Whether a series goes in of which no row was written yet on this day, as far as is known.</summary>
    /// <param name="metricName">As it was sent.</param>
    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    /// <param name="seriesId">The series.</param>
    /// <param name="labels">Its labels.</param>
    /// <returns>The limit that keeps it out; null if it goes in.</returns>
    public ReachedLimit? Admit(ReadOnlySpan<byte> metricName, ushort day, ulong seriesId, RepeatedField labels)
    {
        if (_rules.Limits.AreNone || Find(Utf8Text.Valid(metricName), day) is not { } metric || metric.Knows(seriesId))
        {
            return null;
        }

        if (metric.LimitFor(labels) is { } limit)
        {
            _notices.LimitReached(limit, _sync is null || metric.IsComplete);
            return limit;
        }

        while (!metric.TryAdd(seriesId, labels))
        {
            if (!_days.TryForgetIdle(_commits))
            {
                GiveUp(metric);
                break;
            }
        }

        if (metric.LacksKeys)
        {
            _notices.KeysNotCounted(metric);
        }

        return null;
    }

    /// <summary>A batch is in the engine.</summary>
    public void Committed()
    {
        _commits++;
        _sync?.Ask(_commits);
    }

    public ValueTask DisposeAsync() => _sync?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The metric of a series that seems new, if its series are known one by one; otherwise the series is counted.</summary>
    private MetricDay? Find(ReadOnlySpan<byte> name, ushort day)
    {
        if (name.Length > SeriesMemory.MaxNameBytes)
        {
            _notices.NameTooLong(name, day);
            return null;
        }

        MetricDay? metric = null;
        MetricsOfDay? metrics = _days.Of(day, _commits);
        while (metrics?.TryGet(name, _commits, out metric) != true)
        {
            if (metrics is null || !_days.TryForgetIdle(_commits))
            {
                _notices.NotCounted(name, day);
                if (metrics is not null)
                {
                    metrics.HasUncounted = true;
                }

                return null;
            }
        }

        if (metric is null)
        {
            _notices.TooManyNames(day);
            return null;
        }

        return metric.IsWatched || (!metric.IsGivenUp && ++metric.Unwatched >= _rules.Limits.WatchFrom && TryWatch(metrics, metric)) ? metric : null;
    }

    private bool TryWatch(MetricsOfDay metrics, MetricDay metric)
    {
        while (!metric.TryWatch())
        {
            if (!_days.TryForgetIdle(_commits))
            {
                GiveUp(metric);
                return false;
            }
        }

        metrics.Wishes.Add(metric.Name, _commits + MetricsOfDay.OpenBatches);
        return true;
    }

    private void GiveUp(MetricDay metric)
    {
        metric.GiveUp();
        _notices.GivenUp(metric);
        _days.Of(metric.Day, _commits)?.Wishes.Retry(metric.Name, _commits);
    }
}
