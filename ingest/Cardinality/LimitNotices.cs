using System.Text;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Cardinality;

/// <summary>Says what became of the limits: to the log once, and to receivers as long as it holds.</summary>
internal sealed class LimitNotices(ILogger logger)
{
    /// <summary>Beyond it, a limit may be logged again when what is known of its metric is read anew.</summary>
    private const int MaxRemembered = 10_000;

    private readonly HashSet<(string Metric, string Key, ushort Day)> _reached = [];
    private readonly HashSet<ushort> _crowded = [];
    private readonly HashSet<ushort> _uncounted = [];
    private readonly HashSet<ushort> _withoutKeys = [];
    private readonly HashSet<ushort> _withLongNames = [];

    /// <summary>For receivers.</summary>
    public ReachedLimits Reached { get; } = new();

    /// <summary>A limit kept a series out.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="isComplete">Whether all that goes in is known. Otherwise receivers would refuse what is stored.</param>
    public void LimitReached(ReachedLimit limit, bool isComplete)
    {
        if (isComplete && !limit.IsPublished)
        {
            limit.IsPublished = true;
            Reached.Add(limit);
        }

        if (limit.IsLogged)
        {
            return;
        }

        limit.IsLogged = true;
        if (_reached.Contains((limit.Metric, limit.Key, limit.Day)))
        {
            return;
        }

        if (_reached.Count < MaxRemembered)
        {
            _reached.Add((limit.Metric, limit.Key, limit.Day));
        }

        if (limit.IsOfKey)
        {
            IngestLog.KeyLimitReached(logger, LogText.Of(limit.Metric), LogText.Of(limit.Key), limit.Count, LogText.Date(limit.Day));
        }
        else
        {
            IngestLog.SeriesLimitReached(logger, LogText.Of(limit.Metric), limit.Count, LogText.Date(limit.Day));
        }
    }

    /// <summary>There is no memory to count a metric that nothing is known of.</summary>
    public void NotCounted(ReadOnlySpan<byte> metric, ushort day)
    {
        if (_uncounted.Add(day))
        {
            IngestLog.SeriesNotCounted(logger, LogText.Of(Encoding.UTF8.GetString(metric)), LogText.Date(day));
        }
    }

    /// <summary>There is no memory to count the values of all attributes of a metric.</summary>
    public void KeysNotCounted(MetricDay metric)
    {
        if (_withoutKeys.Add(metric.Day))
        {
            IngestLog.KeysNotCounted(logger, LogText.Of(metric.Name), LogText.Date(metric.Day));
        }
    }

    /// <summary>A metric's name is too long to count its series.</summary>
    public void NameTooLong(ReadOnlySpan<byte> metric, ushort day)
    {
        if (_withLongNames.Add(day))
        {
            IngestLog.MetricNameTooLong(logger, LogText.Of(Encoding.UTF8.GetString(metric)), LogText.Date(day), SeriesMemory.MaxNameBytes);
        }
    }

    /// <summary>There is no memory to count a metric any further.</summary>
    public void GivenUp(MetricDay metric)
    {
        NotCounted(Encoding.UTF8.GetBytes(metric.Name), metric.Day);
        Reached.Remove(limit => limit.Day == metric.Day && limit.Metric == metric.Name);
    }

    /// <summary>A day has more names of metrics than are told apart.</summary>
    public void TooManyNames(ushort day)
    {
        if (_crowded.Add(day))
        {
            IngestLog.TooManyMetricNames(logger, MetricsOfDay.MaxNames, LogText.Date(day));
        }
    }

    /// <summary>What is known of metrics was replaced. The next series that is refused shows the limit again, with all that is known then.</summary>
    public void Replaced(ushort day, IReadOnlyDictionary<string, MetricDay> metrics) =>
        Reached.Remove(limit => limit.Day == day && metrics.ContainsKey(limit.Metric));

    /// <summary>Nothing is known of a day any more.</summary>
    public void Forgotten(ushort day)
    {
        _reached.RemoveWhere(one => one.Day == day);
        Reached.Remove(limit => limit.Day == day);
    }
}
