using System.Text;
using Observe.Ingest.Otlp.Messages;

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

    /// <summary>Members of <see cref="RejectReason"/>.</summary>
    public const int ReasonCount = 4;

    public static RejectReason Check(in SpanMessage span)
    {
        if (!IsTraceId(span.TraceId))
        {
            return RejectReason.SpanTraceId;
        }

        return IsSpanId(span.SpanId) ? RejectReason.None : RejectReason.SpanSpanId;
    }

    public static RejectReason Check(in HistogramPointMessage point)
    {
        // One bucket more than bounds; or neither, when only count and sum were recorded.
        int buckets = point.BucketCounts.Count();
        int bounds = point.ExplicitBounds.Count();
        return buckets == bounds + 1 || (buckets == 0 && bounds == 0) ? RejectReason.None : RejectReason.HistogramBuckets;
    }

    /// <summary>An id is invalid when its length is another or all its bytes are zero.</summary>
    public static bool IsTraceId(ReadOnlySpan<byte> id) => id.Length == TraceIdLength && id.ContainsAnyExcept((byte)0);

    /// <inheritdoc cref="IsTraceId"/>
    public static bool IsSpanId(ReadOnlySpan<byte> id) => id.Length == SpanIdLength && id.ContainsAnyExcept((byte)0);

    /// <summary>An optional id, or nothing where it is invalid: the specification asks to treat it as absent.</summary>
    public static ReadOnlySpan<byte> OptionalTraceId(ReadOnlySpan<byte> id) => IsTraceId(id) ? id : default;

    /// <inheritdoc cref="OptionalTraceId"/>
    public static ReadOnlySpan<byte> OptionalSpanId(ReadOnlySpan<byte> id) => IsSpanId(id) ? id : default;

    /// <summary>The name of a reason in the ledger and on <c>/metrics</c>; what is stored under a name keeps it.</summary>
    public static string NameOf(RejectReason reason) => reason switch
    {
        RejectReason.SpanTraceId => "span_trace_id",
        RejectReason.SpanSpanId => "span_span_id",
        RejectReason.HistogramBuckets => "histogram_buckets",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>For the sender's developer: how many records were rejected, what is wrong with them and what to do.</summary>
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

        return text.ToString();
    }

    private static string Explain(RejectReason reason) => reason switch
    {
        RejectReason.SpanTraceId => "a span's trace_id must be 16 bytes, not all of them zero.",
        RejectReason.SpanSpanId => "a span's span_id must be 8 bytes, not all of them zero.",
        _ => "a histogram point must have exactly one bucket_counts element more than explicit_bounds, or none of both.",
    };
}
