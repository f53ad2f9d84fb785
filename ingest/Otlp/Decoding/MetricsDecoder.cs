using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns validated metric requests into rows of <see cref="MetricBatches"/>.</summary>
internal sealed class MetricsDecoder(
    MetricBatches batches, SignalCatalog catalog, SeriesDecoder series, BoundsDecoder bounds, ExemplarDecoder exemplars, ServiceTallies tallies)
{
    /// <summary>The index of the begun metric's name in the table of its points.</summary>
    private int _metricName;

    /// <param name="request">An ExportMetricsServiceRequest that <see cref="OtlpValidator"/> accepted.</param>
    /// <param name="receivedAt">Unix nanoseconds; the time of points that have none.</param>
    public void Decode(ReadOnlySpan<byte> request, long receivedAt)
    {
        foreach (ReadOnlySpan<byte> resourceBytes in ResourceEnvelope.AllOf(request))
        {
            var resource = new ResourceEnvelope(resourceBytes);
            ResourceInfo resourceInfo = catalog.Resources.Get(resource);
            ref RecordTally tally = ref tallies.Of(resourceInfo.ServiceName);
            foreach (ReadOnlySpan<byte> scopeBytes in resource.Scopes)
            {
                var scope = new ScopeEnvelope(scopeBytes);
                var origin = new RecordOrigin(resourceInfo, resource, catalog.Scopes.Get(scope), scope);
                foreach (ReadOnlySpan<byte> metric in scope.Records)
                {
                    Append(origin, new MetricMessage(metric), receivedAt, ref tally);
                }
            }
        }
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, long receivedAt, ref RecordTally tally)
    {
        series.BeginMetric(origin, metric);
        _metricName = BatchOf(metric.Type).MetricName.IndexOf(Utf8Text.Valid(metric.MetricName));
        foreach (ReadOnlySpan<byte> point in metric.DataPoints)
        {
            switch (metric.Type)
            {
                case MetricType.Gauge or MetricType.Sum:
                    Append(origin, metric, new NumberPointMessage(point), receivedAt, ref tally);
                    break;
                case MetricType.Histogram:
                    Append(origin, metric, new HistogramPointMessage(point), receivedAt, ref tally);
                    break;
                case MetricType.ExponentialHistogram:
                    Append(origin, metric, new ExponentialHistogramPointMessage(point), receivedAt, ref tally);
                    break;
                default:
                    Append(origin, metric, new SummaryPointMessage(point), receivedAt, ref tally);
                    break;
            }
        }
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in NumberPointMessage point, long receivedAt, ref RecordTally tally)
    {
        RejectReason verdict = RecordRules.Check(point);
        if (verdict != RejectReason.None)
        {
            tally.Add(verdict, point.TimeUnixNano, Truncations.None);
            return;
        }

        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        NumberPointBatch batch = batches.Numbers;
        if (!TryNote(origin, metric, point.Attributes, point.TimeUnixNano, timestamp, out ulong seriesId, out Truncations truncations, ref tally))
        {
            return;
        }

        AppendHead(batch, seriesId, timestamp, point.StartTimeUnixNano, point.Flags);
        batch.Value.Append(point.Value.Value);
        batch.ValueType.Append((sbyte)point.Value.Type);
        batch.IntRemainder.Append(point.Value.IntRemainder);
        exemplars.Append(point.Exemplars, metric.MetricName, seriesId, timestamp);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in HistogramPointMessage point, long receivedAt, ref RecordTally tally)
    {
        RejectReason verdict = RecordRules.Check(point);
        if (verdict != RejectReason.None)
        {
            tally.Add(verdict, point.TimeUnixNano, Truncations.None);
            return;
        }

        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        HistogramPointBatch batch = batches.Histograms;
        if (!TryNote(origin, metric, point.Attributes, point.TimeUnixNano, timestamp, out ulong seriesId, out Truncations truncations, ref tally))
        {
            return;
        }

        AppendHead(batch, seriesId, timestamp, point.StartTimeUnixNano, point.Flags);
        batch.Count.Append(point.Count);
        batch.Sum.Append(point.Sum);
        batch.Min.Append(point.Min);
        batch.Max.Append(point.Max);
        batch.BoundsId.Append(bounds.Note(point.ExplicitBounds, timestamp));
        AppendCounts(batch.BucketCounts, point.BucketCounts);
        exemplars.Append(point.Exemplars, metric.MetricName, seriesId, timestamp);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in ExponentialHistogramPointMessage point, long receivedAt, ref RecordTally tally)
    {
        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        ExponentialHistogramPointBatch batch = batches.ExponentialHistograms;
        if (!TryNote(origin, metric, point.Attributes, point.TimeUnixNano, timestamp, out ulong seriesId, out Truncations truncations, ref tally))
        {
            return;
        }

        AppendHead(batch, seriesId, timestamp, point.StartTimeUnixNano, point.Flags);
        var positive = new BucketsMessage(point.Positive);
        var negative = new BucketsMessage(point.Negative);
        batch.Count.Append(point.Count);
        batch.Sum.Append(point.Sum);
        batch.Min.Append(point.Min);
        batch.Max.Append(point.Max);
        batch.Scale.Append(point.Scale);
        batch.ZeroCount.Append(point.ZeroCount);
        batch.ZeroThreshold.Append(point.ZeroThreshold);
        batch.PositiveOffset.Append(positive.Offset);
        AppendCounts(batch.PositiveBucketCounts, positive.BucketCounts);
        batch.NegativeOffset.Append(negative.Offset);
        AppendCounts(batch.NegativeBucketCounts, negative.BucketCounts);
        exemplars.Append(point.Exemplars, metric.MetricName, seriesId, timestamp);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in SummaryPointMessage point, long receivedAt, ref RecordTally tally)
    {
        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        SummaryPointBatch batch = batches.Summaries;
        if (!TryNote(origin, metric, point.Attributes, point.TimeUnixNano, timestamp, out ulong seriesId, out Truncations truncations, ref tally))
        {
            return;
        }

        AppendHead(batch, seriesId, timestamp, point.StartTimeUnixNano, point.Flags);
        batch.Count.Append(point.Count);
        batch.Sum.Append(point.Sum);
        foreach (ReadOnlySpan<byte> bytes in point.QuantileValues)
        {
            var quantile = new QuantileMessage(bytes);
            batch.Quantiles.Elements.Append(quantile.Quantile);
            batch.Values.Elements.Append(quantile.Value);
        }

        batch.Quantiles.EndRow();
        batch.Values.EndRow();
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    /// <summary>Finds a point's series, and counts the point where it must not be stored.</summary>
    private bool TryNote(
        in RecordOrigin origin, in MetricMessage metric, RepeatedField labels, ulong timeUnixNano, long timestamp,
        out ulong seriesId, out Truncations truncations, ref RecordTally tally)
    {
        RejectReason verdict = series.Note(origin, metric, labels, timestamp, out seriesId, out truncations);
        if (verdict == RejectReason.None)
        {
            return true;
        }

        tally.Add(verdict, timeUnixNano);
        return false;
    }

    private MetricPointBatch BatchOf(MetricType? type) => type switch
    {
        MetricType.Gauge or MetricType.Sum => batches.Numbers,
        MetricType.Histogram => batches.Histograms,
        MetricType.ExponentialHistogram => batches.ExponentialHistograms,
        _ => batches.Summaries,
    };

    /// <summary>Begins a row with what points of all kinds have.</summary>
    private void AppendHead(MetricPointBatch batch, ulong seriesId, long timestamp, ulong startTimeUnixNano, uint flags)
    {
        batch.MetricName.Append(_metricName);
        batch.SeriesId.Append(seriesId);
        batch.Timestamp.Append(UnixTime.Milliseconds(timestamp));
        batch.StartTimestamp.Append(UnixTime.Milliseconds(UnixTime.Clamp(startTimeUnixNano)));
        batch.Flags.Append(flags);
    }

    private static long Timestamp(ulong timeUnixNano, long receivedAt) => timeUnixNano != 0 ? UnixTime.ClampTimestamp(timeUnixNano) : receivedAt;

    private static void AppendCounts(ArrayColumn<FixedColumn<ulong>> column, RepeatedNumber counts)
    {
        counts.AppendTo(column.Elements);
        column.EndRow();
    }
}
