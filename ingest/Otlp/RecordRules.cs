using System.Text;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp;

/// <summary>
/// Which records are rejected: asked by <see cref="OtlpValidator"/>, which counts them, and by the decoders, which pass over them.
/// </summary>
/// <remarks>
/// A record is rejected when the specification calls it invalid and no column could hold it without saying something wrong.
/// What is merely odd (an enum value that nobody defined, a time of 0, an optional id of the wrong length) is stored as unset.
/// </remarks>
internal static class RecordRules
{
    public const int TraceIdLength = 16;
    public const int SpanIdLength = 8;

    /// <summary>Of a point's flags, <c>DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK</c>.</summary>
    private const uint NoRecordedValue = 1;

    /// <summary>Members of <see cref="RejectReason"/>.</summary>
    public const int ReasonCount = 8;

    /// <summary>Members of <see cref="TruncateReason"/>.</summary>
    public const int TruncateReasonCount = 4;

    public static RejectReason Check(in SpanMessage span)
    {
        if (!IsTraceId(span.TraceId))
        {
            return RejectReason.SpanTraceId;
        }

        return IsSpanId(span.SpanId) ? RejectReason.None : RejectReason.SpanSpanId;
    }

    /// <summary>A point without a value says so by a flag; otherwise its sender has misspelt it, and 0 would be made up.</summary>
    public static RejectReason Check(in NumberPointMessage point) =>
        point.Value.Type != PointValueType.None || (point.Flags & NoRecordedValue) != 0 ? RejectReason.None : RejectReason.NumberValue;

    public static RejectReason Check(in HistogramPointMessage point)
    {
        // One bucket more than bounds; or neither, when only count and sum were recorded.
        int buckets = point.BucketCounts.Count();
        int bounds = point.ExplicitBounds.Count();
        return buckets != bounds + 1 && (buckets > 0 || bounds > 0) ? RejectReason.HistogramBuckets
            : bounds > 1 && !point.ExplicitBounds.AreAscending() ? RejectReason.HistogramBounds
            : RejectReason.None;
    }

    /// <summary>An id is invalid when its length is another or all its bytes are zero.</summary>
    public static bool IsTraceId(ReadOnlySpan<byte> id) => id.Length == TraceIdLength && id.ContainsAnyExcept((byte)0);

    /// <inheritdoc cref="IsTraceId"/>
    public static bool IsSpanId(ReadOnlySpan<byte> id) => id.Length == SpanIdLength && id.ContainsAnyExcept((byte)0);

    /// <summary>An optional id, or nothing where it is invalid: the specification asks to treat it as absent.</summary>
    public static ReadOnlySpan<byte> OptionalTraceId(ReadOnlySpan<byte> id) => IsTraceId(id) ? id : default;

    /// <inheritdoc cref="OptionalTraceId"/>
    public static ReadOnlySpan<byte> OptionalSpanId(ReadOnlySpan<byte> id) => IsSpanId(id) ? id : default;

    /// <summary>When a log record happened: its time, else when it was observed; 0 when it says neither.</summary>
    public static ulong TimeOf(in LogRecordMessage record) => record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano;

    /// <summary>When a span began: its start, else its end; 0 when it says neither.</summary>
    public static ulong TimeOf(in SpanMessage span) => span.StartTimeUnixNano != 0 ? span.StartTimeUnixNano : span.EndTimeUnixNano;

    /// <summary>Whether a record's time lies beyond the last one that is stored.</summary>
    public static Truncations CheckTime(ulong unixNano) => unixNano > UnixTime.MaxTimestamp ? Truncations.Time : Truncations.None;

    /// <summary>Whether a body is longer than what is kept of it.</summary>
    public static Truncations CheckBody(AnyValueMessage body, RecordLimits limits) =>
        body.Kind is AnyValueKind.String or AnyValueKind.Bytes or AnyValueKind.Array or AnyValueKind.Map && body.Content.Length > limits.MaxBodyBytes
            ? Truncations.BodyBytes
            : Truncations.None;

    /// <summary>The name of a reason in the ledger and on <c>/metrics</c>; what is stored under a name keeps it.</summary>
    public static string NameOf(RejectReason reason) => reason switch
    {
        RejectReason.SpanTraceId => "span_trace_id",
        RejectReason.SpanSpanId => "span_span_id",
        RejectReason.HistogramBuckets => "histogram_buckets",
        RejectReason.MetricSeriesLimit => "metric_series_limit",
        RejectReason.MetricKeyLimit => "metric_key_limit",
        RejectReason.NumberValue => "number_value",
        RejectReason.HistogramBounds => "histogram_bounds",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <inheritdoc cref="NameOf(RejectReason)"/>
    public static string NameOf(TruncateReason reason) => reason switch
    {
        TruncateReason.AttributeCount => "attribute_count",
        TruncateReason.AttributeBytes => "attribute_bytes",
        TruncateReason.BodyBytes => "body_bytes",
        TruncateReason.Time => "time",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>For the sender's developer: how many records were rejected or truncated, what is wrong with them and what to do.</summary>
    public static string Describe(in RecordTally tally)
    {
        var text = new StringBuilder();
        for (int i = 1; i < ReasonCount; i++)
        {
            if (tally[(RejectReason)i] is > 0 and int count)
            {
                text.Append(text.Length > 0 ? " " : "").Append(count).Append(" rejected: ").Append(Explain((RejectReason)i));
            }
        }

        if (tally.Truncated > 0)
        {
            text.Append(text.Length > 0 ? " " : "").Append(tally.Truncated).Append(" stored truncated.");
            for (int i = 0; i < TruncateReasonCount; i++)
            {
                if (tally[(TruncateReason)i] is > 0 and int count)
                {
                    text.Append(' ').Append(count).Append(": ").Append(Explain((TruncateReason)i));
                }
            }
        }

        return text.ToString();
    }

    private static string Explain(TruncateReason reason) => reason switch
    {
        TruncateReason.AttributeCount =>
            $"more attributes than {IngestOptions.Section}:{nameof(IngestOptions.MaxAttributesPerRecord)}; the further ones were dropped and counted.",
        TruncateReason.AttributeBytes =>
            $"an attribute's value longer than {IngestOptions.Section}:{nameof(IngestOptions.MaxAttributeValueBytes)}; it was cut.",
        TruncateReason.BodyBytes => $"a body longer than {IngestOptions.Section}:{nameof(IngestOptions.MaxBodyBytes)}; it was cut.",
        _ => "a time after 2106-02-06, in Unix nanoseconds; it was stored as the last second of that day.",
    };

    private static string Explain(RejectReason reason) => reason switch
    {
        RejectReason.SpanTraceId => "a span's trace_id must be 16 bytes, not all of them zero.",
        RejectReason.SpanSpanId => "a span's span_id must be 8 bytes, not all of them zero.",
        RejectReason.MetricSeriesLimit =>
            $"their metric has as many series today as {CardinalityOptions.Section}:{nameof(CardinalityOptions.MaxSeriesPerMetric)} allows, and these are not among them.",
        RejectReason.MetricKeyLimit =>
            $"an attribute has as many values in their metric today as {CardinalityOptions.Section}:{nameof(CardinalityOptions.MaxValuesPerKey)} allows, and theirs is not among them.",
        RejectReason.NumberValue => "a gauge's or sum's point must have as_double or as_int (asDouble or asInt in JSON), or the flag 1, which says that nothing was recorded.",
        RejectReason.HistogramBounds => "explicit_bounds of a histogram point must be in ascending order, each once.",
        _ => "a histogram point must have exactly one bucket_counts element more than explicit_bounds, or none of both.",
    };
}
