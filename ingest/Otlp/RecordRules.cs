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

    public static RejectReasons Check(in SpanMessage span)
    {
        if (!IsTraceId(span.TraceId))
        {
            return RejectReasons.SpanTraceId;
        }

        return IsSpanId(span.SpanId) ? RejectReasons.None : RejectReasons.SpanSpanId;
    }

    public static RejectReasons Check(in HistogramPointMessage point)
    {
        // One bucket more than bounds; or neither, when only count and sum were recorded.
        int buckets = point.BucketCounts.Count();
        int bounds = point.ExplicitBounds.Count();
        return buckets == bounds + 1 || (buckets == 0 && bounds == 0) ? RejectReasons.None : RejectReasons.HistogramBuckets;
    }

    /// <summary>An id is invalid when its length is another or all its bytes are zero.</summary>
    public static bool IsTraceId(ReadOnlySpan<byte> id) => id.Length == TraceIdLength && id.ContainsAnyExcept((byte)0);

    /// <inheritdoc cref="IsTraceId"/>
    public static bool IsSpanId(ReadOnlySpan<byte> id) => id.Length == SpanIdLength && id.ContainsAnyExcept((byte)0);

    /// <summary>An optional id, or nothing where it is invalid: the specification asks to treat it as absent.</summary>
    public static ReadOnlySpan<byte> OptionalTraceId(ReadOnlySpan<byte> id) => IsTraceId(id) ? id : default;

    /// <inheritdoc cref="OptionalTraceId"/>
    public static ReadOnlySpan<byte> OptionalSpanId(ReadOnlySpan<byte> id) => IsSpanId(id) ? id : default;

    /// <summary>For the sender's developer: what was wrong with the rejected records and what to do.</summary>
    public static string Describe(RejectReasons reasons)
    {
        var text = new StringBuilder();
        if (reasons.HasFlag(RejectReasons.SpanTraceId))
        {
            text.Append("A span's trace_id must be 16 bytes, not all of them zero. ");
        }

        if (reasons.HasFlag(RejectReasons.SpanSpanId))
        {
            text.Append("A span's span_id must be 8 bytes, not all of them zero. ");
        }

        if (reasons.HasFlag(RejectReasons.HistogramBuckets))
        {
            text.Append("A histogram point must have exactly one bucket_counts element more than explicit_bounds, or none of both. ");
        }

        return text.ToString().TrimEnd();
    }
}
