using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns validated metric requests into rows of <see cref="MetricBatches"/>.</summary>
internal sealed class MetricsDecoder(MetricBatches batches, SignalCatalog catalog, SeriesDecoder series, ExemplarDecoder exemplars, ServiceTallies tallies)
{
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
        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        ulong seriesId = series.Note(origin, metric, point.Attributes, timestamp, out Truncations truncations);
        MetricPointBatch batch = batches.Points;
        batch.SeriesId.Append(seriesId);
        batch.Timestamp.Append(timestamp);
        batch.StartTimestamp.Append(UnixTime.Clamp(point.StartTimeUnixNano));
        batch.Value.Append(point.Value.Value);
        batch.ValueType.Append((sbyte)point.Value.Type);
        batch.IntRemainder.Append(point.Value.IntRemainder);
        batch.Flags.Append(point.Flags);
        exemplars.Append(point.Exemplars, seriesId, timestamp);
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
        ulong seriesId = series.Note(origin, metric, point.Attributes, timestamp, out Truncations truncations);
        MetricHistogramBatch batch = batches.Histograms;
        batch.SeriesId.Append(seriesId);
        batch.Timestamp.Append(timestamp);
        batch.StartTimestamp.Append(UnixTime.Clamp(point.StartTimeUnixNano));
        batch.Count.Append(point.Count);
        batch.Sum.Append(point.Sum);
        batch.Min.Append(point.Min);
        batch.Max.Append(point.Max);
        point.ExplicitBounds.AppendTo(batch.ExplicitBounds.Elements);
        batch.ExplicitBounds.EndRow();
        AppendCounts(batch.BucketCounts, point.BucketCounts);
        batch.Flags.Append(point.Flags);
        exemplars.Append(point.Exemplars, seriesId, timestamp);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in ExponentialHistogramPointMessage point, long receivedAt, ref RecordTally tally)
    {
        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        ulong seriesId = series.Note(origin, metric, point.Attributes, timestamp, out Truncations truncations);
        var positive = new BucketsMessage(point.Positive);
        var negative = new BucketsMessage(point.Negative);
        MetricExponentialHistogramBatch batch = batches.ExponentialHistograms;
        batch.SeriesId.Append(seriesId);
        batch.Timestamp.Append(timestamp);
        batch.StartTimestamp.Append(UnixTime.Clamp(point.StartTimeUnixNano));
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
        batch.Flags.Append(point.Flags);
        exemplars.Append(point.Exemplars, seriesId, timestamp);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private void Append(in RecordOrigin origin, in MetricMessage metric, in SummaryPointMessage point, long receivedAt, ref RecordTally tally)
    {
        long timestamp = Timestamp(point.TimeUnixNano, receivedAt);
        ulong seriesId = series.Note(origin, metric, point.Attributes, timestamp, out Truncations truncations);
        MetricSummaryBatch batch = batches.Summaries;
        batch.SeriesId.Append(seriesId);
        batch.Timestamp.Append(timestamp);
        batch.StartTimestamp.Append(UnixTime.Clamp(point.StartTimeUnixNano));
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
        batch.Flags.Append(point.Flags);
        tally.Add(RejectReason.None, point.TimeUnixNano, truncations | RecordRules.CheckTime(point.TimeUnixNano));
    }

    private static long Timestamp(ulong timeUnixNano, long receivedAt) => timeUnixNano != 0 ? UnixTime.ClampTimestamp(timeUnixNano) : receivedAt;

    private static void AppendCounts(ArrayColumn<FixedColumn<ulong>> column, RepeatedNumber counts)
    {
        counts.AppendTo(column.Elements);
        column.EndRow();
    }
}
