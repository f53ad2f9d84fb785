using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Cardinality;

/// <summary>Decides whether a new series goes in: a metric has no more of them on a day than <see cref="CardinalityLimits"/> say.</summary>
/// <remarks>
/// <code>
/// new series ─▶ a small metric: counted            ┐ reached WatchFrom: the engine is asked for those that it has,
///               a metric that is watched: known    ┘ once all batches that were open are in it
/// </code>
/// Asked only for series of which the catalogue of written series knows nothing, so what goes on being sent costs nothing here. The answers depend on what the
/// engine has and not on when the process began; while it has not been asked yet, a day is watched as far as this process has seen it. Memory: at most
/// <see cref="MaxEntries"/> hashes; beyond it, days that were not needed for longest are forgotten, then the metric that asks for more is let go unlimited.
/// <para>Used by the pipeline's thread alone, but for <see cref="Reached"/>.</para>
/// </remarks>
internal sealed class SeriesAdmission(CardinalityLimits limits, StoredSeriesReader? stored, ILogger logger) : IAsyncDisposable
{
    /// <summary>Hashes of series and values, about 16 bytes each: 128 MB, for seven metrics of a million series.</summary>
    public const int MaxEntries = 8_000_000;

    /// <summary>Live data has two; a backfill goes through its days in some order.</summary>
    private const int MaxDays = 8;

    /// <summary>The batch that is filled and the one that is stored while a wish comes up: what they hold is in the engine when two more are.</summary>
    private const int OpenBatches = 2;

    /// <summary>After the engine failed to say which series it has.</summary>
    private const int BatchesBetweenAttempts = 20;

    private readonly Dictionary<ushort, MetricsOfDay> _days = [];
    private readonly HashSet<(string Metric, string Key, ushort Day)> _announced = [];
    private readonly CancellationTokenSource _stopped = new();
    private Task<Loaded?> _loading = Task.FromResult<Loaded?>(null);
    private MetricsOfDay? _lastDay;
    private long _commits;
    private long _uses;

    /// <summary>Without limits.</summary>
    public static SeriesAdmission Unlimited => new(CardinalityLimits.None, null, NullLogger.Instance);

    /// <summary>Those that were reached, for receivers.</summary>
    public ReachedLimits Reached { get; } = new();

    /// <summary>Ends when the engine has said what it was last asked.</summary>
    public Task Loading => _loading;

    /// <summary>Asks the engine for what it has of today and the days around it, before anything is decoded. Ends when it is known or cannot be; never fails.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    public async Task StartAsync(long now)
    {
        if (stored is null || limits.AreNone)
        {
            return;
        }

        ushort today = UnixTime.Day(now);
        _loading = LoadAsync([new Wish((ushort)(today - 1), null), new Wish(today, null), new Wish((ushort)(today + 1), null)]);
        await _loading;
    }

    /// <summary>Takes on what the engine said meanwhile. Before each request.</summary>
    public void Update()
    {
        if (_loading is { IsCompletedSuccessfully: true, Result: { } loaded })
        {
            _loading = Task.FromResult<Loaded?>(null);
            foreach ((Wish wish, IReadOnlyDictionary<string, MetricDay>? metrics) in loaded.Days)
            {
                TakeOn(wish, metrics);
            }

            MakeRoom(keep: _lastDay);
        }
    }

    /// <summary>Whether a series goes in of which no row was written yet on this day, as far as is known.</summary>
    /// <param name="metricName">As it was sent.</param>
    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    /// <param name="seriesId">The series.</param>
    /// <param name="labels">Its labels.</param>
    /// <returns>The limit that keeps it out; null if it goes in.</returns>
    public ReachedLimit? Admit(ReadOnlySpan<byte> metricName, ushort day, ulong seriesId, RepeatedField labels)
    {
        if (limits.AreNone)
        {
            return null;
        }

        MetricsOfDay metrics = Of(day);
        MetricDay metric = metrics.Of(Utf8Text.Valid(metricName));
        if (metric.IsGivenUp)
        {
            return null;
        }

        if (!metric.IsWatched)
        {
            if (++metric.Unwatched < limits.WatchFrom)
            {
                return null;
            }

            metric.Watch();
            metrics.Wish(metric.Name, _commits);
        }

        long before = metric.Entries;
        ReachedLimit? limit = metric.Admit(seriesId, labels);
        if (limit is not null)
        {
            Announce(limit);
        }
        else
        {
            metrics.Entries += metric.Entries - before;
            if (Entries() > MaxEntries)
            {
                MakeRoom(metrics);
                GiveUpIfFull(metrics, metric);
            }
        }

        return limit;
    }

    /// <summary>A batch is in the engine.</summary>
    public void Committed()
    {
        _commits++;
        if (stored is null || !_loading.IsCompleted || _loading.Result is not null)
        {
            return;
        }

        Wish[] ripe = [.. _days.Values.Where(day => day.WishedAt is { } at && _commits >= at + OpenBatches).Select(static day => day.TakeWish())];
        if (ripe.Length > 0)
        {
            _loading = LoadAsync(ripe);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _loading;
        _stopped.Dispose();
    }

    private MetricsOfDay Of(ushort day)
    {
        if (_lastDay?.Day != day)
        {
            _lastDay = Expect(day);
            if (_lastDay.LastUse == 0 && day < ushort.MaxValue)
            {
                // At midnight all series are new at once, and nobody should have to ask then.
                Expect((ushort)(day + 1));
            }

            MakeRoom(_lastDay);
        }

        _lastDay!.LastUse = ++_uses;
        return _lastDay;
    }

    private MetricsOfDay Expect(ushort day)
    {
        if (!_days.TryGetValue(day, out MetricsOfDay? metrics))
        {
            _days.Add(day, metrics = new MetricsOfDay(day, limits));
            metrics.Wish(metric: null, _commits);
        }

        return metrics;
    }

    private void TakeOn(in Wish wish, IReadOnlyDictionary<string, MetricDay>? stored)
    {
        if (!_days.TryGetValue(wish.Day, out MetricsOfDay? day))
        {
            _days.Add(wish.Day, day = new MetricsOfDay(wish.Day, limits));
        }

        if (stored is null)
        {
            long later = _commits + BatchesBetweenAttempts;
            if (wish.Metrics is null)
            {
                day.Wish(metric: null, later);
            }

            foreach (string metric in wish.Metrics ?? [])
            {
                day.Wish(metric, later);
            }

            return;
        }

        day.TakeOn(wish, stored, _commits);
        foreach (MetricDay metric in stored.Values.Where(static metric => metric.IsGivenUp))
        {
            IngestLog.SeriesNotCounted(logger, LogText.Of(metric.Name), Date(wish.Day));
        }

        // These were of what was seen so far. The next series that is refused shows the limit again, with all that is known now.
        ushort replaced = wish.Day;
        Reached.Remove(limit => limit.Day == replaced && stored.ContainsKey(limit.Metric));
    }

    private async Task<Loaded?> LoadAsync(IReadOnlyList<Wish> wishes)
    {
        // Nobody waits for the outcome, so no error may be lost: each is a wish that comes up again.
        long room = Math.Max(MaxEntries - Entries(), MaxEntries / 8);
        var days = new List<(Wish, IReadOnlyDictionary<string, MetricDay>?)>();
        foreach (Wish wish in wishes)
        {
            try
            {
                days.Add((wish, await stored!.ReadAsync(wish.Day, wish.Metrics, room, _stopped.Token)));
            }
            catch (Exception e)
            {
                if (!_stopped.IsCancellationRequested)
                {
                    IngestLog.StoredSeriesUnknown(logger, Date(wish.Day), e.Message);
                }

                days.Add((wish, null));
            }
        }

        return new Loaded(days);
    }

    private void Announce(ReachedLimit limit)
    {
        if (limit.IsPublished)
        {
            return;
        }

        limit.IsPublished = true;
        Reached.Add(limit);
        if (!_announced.Add((limit.Metric, limit.Key, limit.Day)))
        {
            return;
        }

        if (limit.IsOfKey)
        {
            IngestLog.KeyLimitReached(logger, LogText.Of(limit.Metric), LogText.Of(limit.Key), limit.Count, Date(limit.Day));
        }
        else
        {
            IngestLog.SeriesLimitReached(logger, LogText.Of(limit.Metric), limit.Count, Date(limit.Day));
        }
    }

    private void MakeRoom(MetricsOfDay? keep)
    {
        while (_days.Count > MaxDays || (_days.Count > 1 && Entries() > MaxEntries))
        {
            MetricsOfDay oldest = _days.Values.Where(day => day != keep).MinBy(static day => day.LastUse)!;
            _days.Remove(oldest.Day);
            _announced.RemoveWhere(one => one.Day == oldest.Day);
            Reached.Remove(limit => limit.Day == oldest.Day);
            _lastDay = _lastDay == oldest ? null : _lastDay;
        }
    }

    private long Entries()
    {
        long entries = 0;
        foreach (MetricsOfDay day in _days.Values)
        {
            entries += day.Entries;
        }

        return entries;
    }

    private void GiveUpIfFull(MetricsOfDay metrics, MetricDay metric)
    {
        if (metrics.Entries > MaxEntries)
        {
            metrics.Entries -= metric.Entries;
            metric.GiveUp();
            Reached.Remove(limit => limit.Day == metrics.Day && limit.Metric == metric.Name);
            IngestLog.SeriesNotCounted(logger, LogText.Of(metric.Name), Date(metrics.Day));
        }
    }

    private static string Date(ushort day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("O");

    private sealed record Loaded(IReadOnlyList<(Wish Wish, IReadOnlyDictionary<string, MetricDay>? Metrics)> Days);
}
