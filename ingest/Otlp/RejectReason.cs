namespace Observe.Ingest.Otlp;

/// <summary>Why a record of a well-formed request is not stored. The names stand in the ledger, see <see cref="RecordRules.NameOf(RejectReason)"/>.</summary>
internal enum RejectReason
{
    None,
    SpanTraceId,
    SpanSpanId,
    HistogramBuckets,
    MetricSeriesLimit,
    MetricKeyLimit,
    NumberValue,
    HistogramBounds,
}
