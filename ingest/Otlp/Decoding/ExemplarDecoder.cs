using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns the exemplars of a point into rows.</summary>
internal sealed class ExemplarDecoder(ExemplarBatch batch, AttributeDecoder attributes)
{
    /// <param name="exemplars">Each an <see cref="ExemplarMessage"/>.</param>
    /// <param name="metricName">The name of the point's metric as it was sent.</param>
    /// <param name="seriesId">The point's series.</param>
    /// <param name="pointTime">The point's time, for exemplars that have none.</param>
    public void Append(RepeatedField exemplars, ReadOnlySpan<byte> metricName, ulong seriesId, long pointTime)
    {
        foreach (ReadOnlySpan<byte> bytes in exemplars)
        {
            var exemplar = new ExemplarMessage(bytes);
            long time = UnixTime.ClampTimestamp(exemplar.TimeUnixNano);
            batch.MetricName.Append(batch.MetricName.IndexOf(Utf8Text.Valid(metricName)));
            batch.SeriesId.Append(seriesId);
            batch.Timestamp.Append(time != 0 ? time : pointTime);
            batch.Value.Append(exemplar.Value.Value);
            batch.ValueType.Append((sbyte)exemplar.Value.Type);
            batch.IntRemainder.Append(exemplar.Value.IntRemainder);
            batch.TraceId.Append(RecordRules.OptionalTraceId(exemplar.TraceId));
            batch.SpanId.Append(RecordRules.OptionalSpanId(exemplar.SpanId));
            attributes.AppendRow(batch.Attributes, exemplar.FilteredAttributes);
        }
    }
}
