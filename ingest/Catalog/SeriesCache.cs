using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Catalog;

/// <summary>Knows metric series by the bytes of their metric and labels, so that each is hashed once and not once a point.</summary>
/// <remarks>
/// A series is one resource, scope, metric name, type, unit, temporality, monotony and set of labels. The description and the metadata are
/// not part of its identity: rewording a help text does not start new series.
/// </remarks>
internal sealed class SeriesCache
{
    private const int MaxEntries = 500_000;
    private const long MaxBytes = 128 << 20;

    private readonly ByteKeyedCache<ulong> _known = new(MaxEntries, MaxBytes);
    private readonly ByteScratch _key = new();
    private readonly ByteScratch _canonical = new();
    private int _metricLength;

    /// <summary>Begins a metric: the part of the key that its points share.</summary>
    public void BeginMetric(in RecordOrigin origin, in MetricMessage metric)
    {
        _key.Clear();
        CanonicalForm.WriteInt64(_key, (long)origin.Resource.Id);
        CanonicalForm.WriteInt64(_key, (long)origin.Scope.Id);
        _key.Append((byte)metric.Type.GetValueOrDefault());
        _key.Append((byte)metric.AggregationTemporality);
        _key.Append(metric.IsMonotonic ? (byte)1 : (byte)0);
        CanonicalForm.WriteBytes(_key, metric.MetricName);
        CanonicalForm.WriteBytes(_key, metric.Unit);
        _metricLength = _key.Length;
    }

    /// <summary>The id of the series that a point of the begun metric belongs to.</summary>
    /// <param name="labels">The point's attributes.</param>
    public ulong Get(RepeatedField labels)
    {
        _key.Truncate(_metricLength);
        foreach (ReadOnlySpan<byte> label in labels)
        {
            CanonicalForm.WriteBytes(_key, label);
        }

        if (!_known.TryGet(_key.Span, out ulong id))
        {
            _canonical.Clear();
            _canonical.Append(_key.Span[.._metricLength]);
            CanonicalForm.WriteAttributes(_canonical, labels);
            id = CanonicalForm.Id(_canonical.Span);
            _known.Add(_key.Span, id);
        }

        return id;
    }
}
