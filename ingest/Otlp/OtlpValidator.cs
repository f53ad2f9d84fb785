using Observe.Ingest.Cardinality;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp;

/// <summary>
/// Walks a request once, before it is queued, so that whoever sent bad bytes hears of it at once and decoding cannot fail.
/// </summary>
/// <remarks>
/// <code>
/// request ─ ResourceEnvelope* ─┬─ resource, its attributes
///                              └─ ScopeEnvelope* ─┬─ scope, its attributes
///                                                 └─ record* ─┬─ attributes, body, events, links, exemplars …
///                                                             └─ RecordRules: accepted or rejected
/// </code>
/// Constructing a message reads all its fields, and so checks the wire format of its level; the walk goes into every nested message that
/// a decoder goes into. Allocates nothing for a good request.
/// </remarks>
internal static class OtlpValidator
{
    /// <summary>
    /// Days that one request may have records of. A day is a part of the table, which costs the engine about 8 ms: more would hold up the
    /// signal's other senders for longer than they wait, and no backfill needs it.
    /// </summary>
    private const int MaxDays = 2_000;

    /// <param name="signal">What the request holds.</param>
    /// <param name="request">Protobuf bytes.</param>
    /// <param name="maxDecodedBytes">Beyond this <see cref="DecodedSize"/> the request is refused.</param>
    /// <param name="limits">How much of a record is kept; those that the decoder has.</param>
    /// <param name="forecast">Knows the limits of metrics that were reached; null when none were.</param>
    /// <exception cref="WireFormatException">The request is malformed; nothing of it can be trusted.</exception>
    /// <exception cref="IngestException">Its rows would take too much memory.</exception>
    public static RecordTally Validate(
        OtlpSignal signal, ReadOnlySpan<byte> request, long maxDecodedBytes = long.MaxValue, RecordLimits? limits = null, AdmissionForecast? forecast = null)
    {
        limits ??= RecordLimits.Default;
        var tally = default(RecordTally);
        var size = default(DecodedSize);
        foreach (ReadOnlySpan<byte> resourceBytes in ResourceEnvelope.AllOf(request))
        {
            var envelope = new ResourceEnvelope(resourceBytes);
            RepeatedField resourceAttributes = new ResourceMessage(envelope.Resource).Attributes;
            AttributeValidator.Check(resourceAttributes, ref size);
            size.BeginResource(envelope, resourceAttributes);
            foreach (ReadOnlySpan<byte> scopeBytes in envelope.Scopes)
            {
                var scopeEnvelope = new ScopeEnvelope(scopeBytes);
                var scope = new ScopeMessage(scopeEnvelope.Scope);
                AttributeValidator.Check(scope.Attributes, ref size);
                size.BeginScope(scopeEnvelope, scope);
                foreach (ReadOnlySpan<byte> record in scopeEnvelope.Records)
                {
                    switch (signal)
                    {
                        case OtlpSignal.Logs:
                            CheckLogRecord(new LogRecordMessage(record), limits, ref tally, ref size);
                            break;
                        case OtlpSignal.Traces:
                            CheckSpan(new SpanMessage(record), limits, ref tally, ref size);
                            break;
                        default:
                            var metric = new MetricMessage(record);
                            forecast?.BeginMetric(envelope, scopeEnvelope, metric);
                            CheckMetric(metric, limits, forecast, ref tally, ref size);
                            break;
                    }

                    if (size.Days > MaxDays)
                    {
                        throw new IngestException(
                            IngestError.TooLarge, $"The request has records of more than {MaxDays} days. Send them in several requests, a year or less in each.");
                    }

                    if (size.Bytes > maxDecodedBytes)
                    {
                        throw new IngestException(
                            IngestError.TooLarge, $"The request has too many records: they would take more than {maxDecodedBytes} bytes of memory. Send smaller batches.");
                    }
                }
            }
        }

        return tally;
    }

    private static void CheckLogRecord(in LogRecordMessage record, RecordLimits limits, ref RecordTally tally, ref DecodedSize size)
    {
        ulong time = RecordRules.TimeOf(record);
        size.AddRow(time);
        var body = new AnyValueMessage(record.Body);
        AttributeValidator.CheckValue(body, ref size);
        Truncations truncations = AttributeValidator.Check(record.Attributes, limits, ref size) | RecordRules.CheckBody(body, limits) | RecordRules.CheckTime(time);
        tally.Add(RejectReason.None, time, truncations);
    }

    private static void CheckSpan(in SpanMessage span, RecordLimits limits, ref RecordTally tally, ref DecodedSize size)
    {
        ulong time = RecordRules.TimeOf(span);
        size.AddRow(time);
        Truncations truncations = AttributeValidator.Check(span.Attributes, limits, ref size) | RecordRules.CheckTime(time);
        foreach (ReadOnlySpan<byte> spanEvent in span.Events)
        {
            size.AddElement();
            AttributeValidator.Check(new SpanEventMessage(spanEvent).Attributes, ref size);
        }

        foreach (ReadOnlySpan<byte> link in span.Links)
        {
            size.AddElement();
            AttributeValidator.Check(new SpanLinkMessage(link).Attributes, ref size);
        }

        _ = new SpanStatusMessage(span.Status);
        tally.Add(RecordRules.Check(span), time, truncations);
    }

    private static void CheckMetric(in MetricMessage metric, RecordLimits limits, AdmissionForecast? forecast, ref RecordTally tally, ref DecodedSize size)
    {
        AttributeValidator.Check(metric.Metadata, ref size);
        size.BeginMetric(metric);
        foreach (ReadOnlySpan<byte> point in metric.DataPoints)
        {
            switch (metric.Type)
            {
                case MetricType.Gauge or MetricType.Sum:
                    CheckNumberPoint(new NumberPointMessage(point), limits, forecast, ref tally, ref size);
                    break;
                case MetricType.Histogram:
                    CheckHistogramPoint(new HistogramPointMessage(point), limits, forecast, ref tally, ref size);
                    break;
                case MetricType.ExponentialHistogram:
                    CheckExponentialHistogramPoint(new ExponentialHistogramPointMessage(point), limits, forecast, ref tally, ref size);
                    break;
                default:
                    CheckSummaryPoint(new SummaryPointMessage(point), limits, forecast, ref tally, ref size);
                    break;
            }
        }
    }

    private static void CheckNumberPoint(in NumberPointMessage point, RecordLimits limits, AdmissionForecast? forecast, ref RecordTally tally, ref DecodedSize size)
    {
        size.AddPoint(point.TimeUnixNano);
        Truncations truncations = AttributeValidator.Check(point.Attributes, limits, ref size) | RecordRules.CheckTime(point.TimeUnixNano);
        CheckExemplars(point.Exemplars, ref size);
        RejectReason verdict = RecordRules.Check(point);
        tally.Add(verdict != RejectReason.None ? verdict : Forecast(forecast, point.Attributes, point.TimeUnixNano), point.TimeUnixNano, truncations);
    }

    private static void CheckHistogramPoint(in HistogramPointMessage point, RecordLimits limits, AdmissionForecast? forecast, ref RecordTally tally, ref DecodedSize size)
    {
        size.AddPoint(point.TimeUnixNano);
        Truncations truncations = AttributeValidator.Check(point.Attributes, limits, ref size) | RecordRules.CheckTime(point.TimeUnixNano);
        CheckExemplars(point.Exemplars, ref size);
        RejectReason verdict = RecordRules.Check(point);
        tally.Add(verdict != RejectReason.None ? verdict : Forecast(forecast, point.Attributes, point.TimeUnixNano), point.TimeUnixNano, truncations);
    }

    private static void CheckExponentialHistogramPoint(in ExponentialHistogramPointMessage point, RecordLimits limits, AdmissionForecast? forecast, ref RecordTally tally, ref DecodedSize size)
    {
        size.AddPoint(point.TimeUnixNano);
        Truncations truncations = AttributeValidator.Check(point.Attributes, limits, ref size) | RecordRules.CheckTime(point.TimeUnixNano);
        CheckExemplars(point.Exemplars, ref size);
        size.AddNumbers(new BucketsMessage(point.Positive).BucketCounts.Count());
        size.AddNumbers(new BucketsMessage(point.Negative).BucketCounts.Count());
        tally.Add(Forecast(forecast, point.Attributes, point.TimeUnixNano), point.TimeUnixNano, truncations);
    }

    private static void CheckSummaryPoint(in SummaryPointMessage point, RecordLimits limits, AdmissionForecast? forecast, ref RecordTally tally, ref DecodedSize size)
    {
        size.AddPoint(point.TimeUnixNano);
        Truncations truncations = AttributeValidator.Check(point.Attributes, limits, ref size) | RecordRules.CheckTime(point.TimeUnixNano);
        foreach (ReadOnlySpan<byte> quantile in point.QuantileValues)
        {
            size.AddElement();
            _ = new QuantileMessage(quantile);
        }

        tally.Add(Forecast(forecast, point.Attributes, point.TimeUnixNano), point.TimeUnixNano, truncations);
    }

    private static RejectReason Forecast(AdmissionForecast? forecast, RepeatedField labels, ulong time) =>
        forecast is null ? RejectReason.None : forecast.Check(labels, time);

    private static void CheckExemplars(RepeatedField exemplars, ref DecodedSize size)
    {
        foreach (ReadOnlySpan<byte> exemplar in exemplars)
        {
            size.AddExemplar();
            AttributeValidator.Check(new ExemplarMessage(exemplar).FilteredAttributes, ref size);
        }
    }
}
