using System.Buffers;
using Observe.Storage.Correlation;

namespace Observe.Ingest.Otlp.Correlation;

/// <summary>Whether a value looks like an id by itself, under whatever key it stands.</summary>
internal static class IdShape
{
    /// <summary>Shorter values do not.</summary>
    public const int MinLength = SpanIdLength;

    private const int UlidLength = 26;
    private const int ObjectIdLength = 24; // MongoDB's
    private const int SpanIdLength = 16;
    private const int TraceIdLength = 32;
    private const int LongestWrapped = 48; // urn:uuid: and quotes around a UUID

    private static readonly SearchValues<byte> UlidDigits = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8);
    private static readonly SearchValues<byte> HexLetters = SearchValues.Create("abcdefABCDEF"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>
    /// The id that a value is or holds: a UUID, a ULID, 16, 24, 32 or more hexadecimal digits, the trace id of a W3C traceparent or of X-Ray's header.
    /// </summary>
    /// <param name="value">A value of any length.</param>
    /// <param name="id">A part of <paramref name="value"/>.</param>
    public static bool TryFind(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> id)
    {
        id = value;
        return value.Length switch
        {
            < MinLength => false,
            SpanIdLength or ObjectIdLength => IsHexNumber(value),
            UlidLength => IsUlid(value),
            < TraceIdLength => false,
            _ => (value.Length <= CanonicalId.MaxLength && IsHexNumber(value)) || IsWrapped(ref id),
        };
    }

    /// <summary>26 digits of Crockford's base 32, in upper case as they are written, the first at most 7. <see href="https://github.com/ulid/spec"/>.</summary>
    public static bool IsUlid(ReadOnlySpan<byte> value) =>
        value.Length == UlidLength && value[0] is >= (byte)'0' and <= (byte)'7' && !value.ContainsAnyExcept(UlidDigits);

    /// <summary>Hexadecimal digits, letters and figures among them: without letters it is a decimal number such as a time, without figures zeros or a word.</summary>
    public static bool IsHexNumber(ReadOnlySpan<byte> value) =>
        CanonicalId.IsHex(value) && value.ContainsAny(HexLetters) && value.ContainsAny(Digits);

    private static bool IsWrapped(ref ReadOnlySpan<byte> value)
    {
        if (CanonicalId.TryUnwrap(value, out ReadOnlySpan<byte> traceId))
        {
            value = traceId;
            return value.ContainsAnyExcept("0"u8);
        }

        if (value.Length > LongestWrapped)
        {
            return false;
        }

        value = CanonicalId.Trim(value);
        return (CanonicalId.IsUuid(value) && value.ContainsAnyExcept("0-"u8)) || CanonicalId.IsXRay(value);
    }
}
