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
    /// <exception cref="WireFormatException">The request is malformed; nothing of it can be trusted.</exception>
    public static ValidationResult Validate(OtlpSignal signal, ReadOnlySpan<byte> request)
    {
        var result = default(ValidationResult);
        foreach (ReadOnlySpan<byte> resourceBytes in ResourceEnvelope.AllOf(request))
        {
            var envelope = new ResourceEnvelope(resourceBytes);
            AttributeValidator.Check(new ResourceMessage(envelope.Resource).Attributes);
            foreach (ReadOnlySpan<byte> scopeBytes in envelope.Scopes)
            {
                var scope = new ScopeEnvelope(scopeBytes);
                AttributeValidator.Check(new ScopeMessage(scope.Scope).Attributes);
                foreach (ReadOnlySpan<byte> record in scope.Records)
                {
                    result = signal switch
                    {
                        OtlpSignal.Logs => result.With(CheckLogRecord(new LogRecordMessage(record))),
                        OtlpSignal.Traces => result.With(CheckSpan(new SpanMessage(record))),
                        _ => CheckMetric(new MetricMessage(record), result),
                    };
                }
            }
        }

        return result;
    }

    private static RejectReasons CheckLogRecord(in LogRecordMessage record)
    {
        AttributeValidator.CheckValue(new AnyValueMessage(record.Body));
        AttributeValidator.Check(record.Attributes);
        return RejectReasons.None;
    }

    private static RejectReasons CheckSpan(in SpanMessage span)
    {
        AttributeValidator.Check(span.Attributes);
        foreach (ReadOnlySpan<byte> spanEvent in span.Events)
        {
            AttributeValidator.Check(new SpanEventMessage(spanEvent).Attributes);
        }

        foreach (ReadOnlySpan<byte> link in span.Links)
        {
            AttributeValidator.Check(new SpanLinkMessage(link).Attributes);
        }

        _ = new SpanStatusMessage(span.Status);
        return RecordRules.Check(span);
    }

    private static ValidationResult CheckMetric(in MetricMessage metric, ValidationResult result)
    {
        AttributeValidator.Check(metric.Metadata);
        foreach (ReadOnlySpan<byte> point in metric.DataPoints)
        {
            result = result.With(metric.Type switch
            {
                MetricType.Gauge or MetricType.Sum => CheckNumberPoint(new NumberPointMessage(point)),
                MetricType.Histogram => CheckHistogramPoint(new HistogramPointMessage(point)),
                MetricType.ExponentialHistogram => CheckExponentialHistogramPoint(new ExponentialHistogramPointMessage(point)),
                _ => CheckSummaryPoint(new SummaryPointMessage(point)),
            });
        }

        return result;
    }

    private static RejectReasons CheckNumberPoint(in NumberPointMessage point)
    {
        AttributeValidator.Check(point.Attributes);
        CheckExemplars(point.Exemplars);
        return RejectReasons.None;
    }

    private static RejectReasons CheckHistogramPoint(in HistogramPointMessage point)
    {
        AttributeValidator.Check(point.Attributes);
        CheckExemplars(point.Exemplars);
        return RecordRules.Check(point);
    }

    private static RejectReasons CheckExponentialHistogramPoint(in ExponentialHistogramPointMessage point)
    {
        AttributeValidator.Check(point.Attributes);
        CheckExemplars(point.Exemplars);
        new BucketsMessage(point.Positive).BucketCounts.Count();
        new BucketsMessage(point.Negative).BucketCounts.Count();
        return RejectReasons.None;
    }

    private static RejectReasons CheckSummaryPoint(in SummaryPointMessage point)
    {
        AttributeValidator.Check(point.Attributes);
        foreach (ReadOnlySpan<byte> quantile in point.QuantileValues)
        {
            _ = new QuantileMessage(quantile);
        }

        return RejectReasons.None;
    }

    private static void CheckExemplars(RepeatedField exemplars)
    {
        foreach (ReadOnlySpan<byte> exemplar in exemplars)
        {
            AttributeValidator.Check(new ExemplarMessage(exemplar).FilteredAttributes);
        }
    }
}
