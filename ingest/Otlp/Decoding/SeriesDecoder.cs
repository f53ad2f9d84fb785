using Observe.Ingest.Cardinality;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Finds the series of each point, and writes the row of a series where the day has none yet.</summary>
internal sealed class SeriesDecoder(
    MetricSeriesBatch batch, SignalCatalog catalog, SideTables sideTables, AttributeDecoder attributes, RefusedPoints refused)
{
    private readonly PendingKeys<(ulong Id, ushort Day)> _keys = new(catalog.WrittenSeries);

    /// <summary>Stands for the batch that is being filled.</summary>
    private object _batchMark = new();

    /// <summary>Begins a metric: the points that follow belong to it.</summary>
    public void BeginMetric(in RecordOrigin origin, in MetricMessage metric) => catalog.Series.BeginMetric(origin, metric);

    /// <summary>Finds a point's series.</summary>
    /// <param name="origin">The metric's origin.</param>
    /// <param name="metric">The begun metric.</param>
    /// <param name="labels">The point's attributes.</param>
    /// <param name="timestamp">Unix nanoseconds.</param>
    /// <param name="seriesId">The series.</param>
    /// <param name="truncations">What the row of the series leaves out of its labels. Its id is made of all of them.</param>
    /// <returns>Why the point must not be stored; <see cref="RejectReason.None"/> if it is.</returns>
    public RejectReason Note(
        in RecordOrigin origin, in MetricMessage metric, RepeatedField labels, long timestamp, out ulong seriesId, out Truncations truncations)
    {
        ushort day = UnixTime.Day(timestamp);
        SeriesInfo info = catalog.Series.Get(labels);
        if (!ReferenceEquals(info.NotedIn, _batchMark) || info.NotedDay != day)
        {
            if (_keys.TryAdd((info.Id, day)))
            {
                if (catalog.Admission.Admit(metric.MetricName, day, info.Id, labels) is { } limit)
                {
                    _keys.Remove((info.Id, day));
                    catalog.Series.Drop(info);
                    refused.Add(limit, origin.Resource.ServiceName, timestamp);
                    seriesId = 0;
                    truncations = Truncations.None;
                    return limit.Reason;
                }

                Append(origin, metric, labels, info.Id, day);
            }

            info.NotedIn = _batchMark;
            info.NotedDay = day;
        }

        sideTables.Note(origin, day);
        seriesId = info.Id;
        truncations = info.Truncations;
        return RejectReason.None;
    }

    /// <summary>The batch is in the engine.</summary>
    public void Commit() => _keys.Commit();

    public void Clear()
    {
        _keys.Clear();
        _batchMark = new object();
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, RepeatedField labels, ulong id, ushort day)
    {
        batch.Day.Append(day);
        batch.SeriesId.Append(id);
        batch.MetricName.Append(Utf8Text.Valid(metric.MetricName));
        batch.Type.Append((sbyte)metric.Type.GetValueOrDefault());
        batch.Unit.Append(Utf8Text.Valid(metric.Unit));
        batch.Description.Append(Utf8Text.Valid(metric.Description));
        batch.Temporality.Append(metric.AggregationTemporality);
        batch.IsMonotonic.Append(metric.IsMonotonic ? (byte)1 : (byte)0);
        batch.ServiceName.Append(origin.Resource.ServiceName);
        batch.ResourceId.Append(origin.Resource.Id);
        batch.ScopeId.Append(origin.Scope.Id);
        batch.ScopeName.Append(origin.Scope.Name);
        attributes.AppendRow(batch.Attributes, labels, catalog.Limits, ids: null, out _);
        attributes.AppendRow(batch.Metadata, metric.Metadata);
    }
}
