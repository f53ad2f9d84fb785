using System.Numerics;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>Tells before a request is acknowledged which of its points will be refused, so that its sender hears of it. For one request.</summary>
/// <remarks>
/// Made only when some metric has reached a limit. The decoder decides, later and by itself: it refuses also what comes between the moment in which a limit is reached and
/// the one in which that is known here, and the ledger has what it did. Of one series both have the same id (<see cref="SeriesCache"/>) and the same labels
/// (<see cref="SentLabels"/>, <see cref="LabelHash"/>).
/// </remarks>
internal sealed class AdmissionForecast(ReachedLimits reached, RecordLimits limits)
{
    private const int MaxNames = 5;

    private readonly ResourceCache _resources = new();
    private readonly ScopeCache _scopes = new();
    private readonly SeriesCache _series = new(limits);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private ReachedLimit[]? _limits;
    private bool _hasKeys;
    private ulong _metricHash;

    /// <summary>The metrics of which points will be refused, for the answer; empty when there are none.</summary>
    public string Names => _names.Count <= MaxNames
        ? string.Join(", ", _names)
        : $"{string.Join(", ", _names.Take(MaxNames))} and {_names.Count - MaxNames} more";

    /// <summary>Begins a metric: the points that follow belong to it.</summary>
    public void BeginMetric(in ResourceEnvelope resource, in ScopeEnvelope scope, in MetricMessage metric)
    {
        if (!reached.TryGet(Utf8Text.Valid(metric.MetricName), out _limits))
        {
            return;
        }

        _hasKeys = Array.Exists(_limits, static limit => limit.IsOfKey);
        if (Array.Exists(_limits, static limit => !limit.IsOfKey))
        {
            _series.BeginMetric(new RecordOrigin(_resources.Get(resource), resource, _scopes.Get(scope), scope), metric);
            _metricHash = ByteHash.Of(_series.MetricCanonical);
        }
    }

    /// <summary>What will become of a point of the begun metric that is well-formed.</summary>
    public RejectReason Check(RepeatedField labels, ulong timeUnixNano)
    {
        // A point without a time gets that of its receipt, which is not known yet.
        if (_limits is null || timeUnixNano == 0)
        {
            return RejectReason.None;
        }

        ushort day = UnixTime.Day(UnixTime.ClampTimestamp(timeUnixNano));
        if (Find(labels, day) is not { } refusing)
        {
            return RejectReason.None;
        }

        _names.Add(refusing.IsOfKey ? $"{refusing.Metric} ({refusing.Key})" : refusing.Metric);
        return refusing.Reason;
    }

    /// <summary>The limit that keeps the series out, in the order in which <see cref="MetricDay.LimitFor"/> looks at them: keys as they were sent, then the metric.</summary>
    private ReachedLimit? Find(RepeatedField labels, ushort day)
    {
        if (_hasKeys)
        {
            var search = new KeySearch(_limits!, day, limits);
            SentLabels.Visit(labels, limits, ref search);
            if (search.Found is not null)
            {
                return search.Found;
            }
        }

        foreach (ReachedLimit limit in _limits!)
        {
            if (limit.Day == day && !limit.IsOfKey && !TakesSeries(limit, labels))
            {
                return limit;
            }
        }

        return null;
    }

    private bool TakesSeries(ReachedLimit limit, RepeatedField labels)
    {
        if (!labels.TryGetRun(out ReadOnlySpan<byte> run))
        {
            return limit.Takes(_series.Get(labels).Id);
        }

        // Hashing a series takes two microseconds, and those of a metric at its limit come again and again.
        ulong hash = ByteHash.Of(run) ^ BitOperations.RotateLeft(_metricHash, 17) ^ limit.Salt;
        if (!reached.Verdicts.TryGet(hash, out bool isTaken))
        {
            isTaken = limit.Takes(_series.Get(labels).Id);
            reached.Verdicts.Add(hash, isTaken);
        }

        return isTaken;
    }

    private struct KeySearch(ReachedLimit[] reached, ushort day, RecordLimits records) : ILabelVisitor
    {
        public ReachedLimit? Found { get; private set; }

        public bool Visit(ReadOnlySpan<byte> key, in AnyValueMessage value)
        {
            foreach (ReachedLimit limit in reached)
            {
                if (limit.Day == day && limit.Refuses(key, value, records))
                {
                    Found = limit;
                    return false;
                }
            }

            return true;
        }
    }
}
