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
/// the one in which that is known here, and the ledger has what it did.
/// </remarks>
internal sealed class AdmissionForecast(ReachedLimits reached, RecordLimits limits)
{
    private const int MaxNames = 5;

    private readonly ResourceCache _resources = new();
    private readonly ScopeCache _scopes = new();
    private readonly SeriesCache _series = new(limits);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private ReachedLimit[]? _limits;
    private ulong _metricHash;

    /// <summary>The metrics of which points will be refused, for the answer; empty when there are none.</summary>
    public string Names => _names.Count <= MaxNames
        ? string.Join(", ", _names)
        : $"{string.Join(", ", _names.Take(MaxNames))} and {_names.Count - MaxNames} more";

    /// <summary>Begins a metric: the points that follow belong to it.</summary>
    public void BeginMetric(in ResourceEnvelope resource, in ScopeEnvelope scope, in MetricMessage metric)
    {
        if (reached.TryGet(Utf8Text.Valid(metric.MetricName), out _limits) && Array.Exists(_limits, static limit => !limit.IsOfKey))
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
        foreach (ReachedLimit limit in _limits)
        {
            if (limit.Day == day && !(limit.IsOfKey ? limit.Takes(labels) : TakesSeries(limit, labels)))
            {
                _names.Add(limit.IsOfKey ? $"{limit.Metric} ({limit.Key})" : limit.Metric);
                return limit.Reason;
            }
        }

        return RejectReason.None;
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
}
