namespace Observe.Ingest.Otlp;

/// <summary>Why records of a well-formed request are not stored.</summary>
[Flags]
internal enum RejectReasons
{
    None = 0,
    SpanTraceId = 1,
    SpanSpanId = 2,
    HistogramBuckets = 4,
}
