using System.Buffers;

namespace Observe.Storage.Correlation;

/// <summary>
/// The one form in which an id stands in the columns <c>CorrelationIds</c>, whatever its sender made of it: ingest writes it, queries look for it. The
/// record's attributes keep what was sent.
/// </summary>
/// <remarks>
/// | sent | canonical |
/// | --- | --- |
/// | <c>123E4567-E89B-12D3-A456-426614174000</c>, also in braces or as <c>urn:uuid:…</c> | <c>123e4567e89b12d3a456426614174000</c> |
/// | <c>1-5759e988-bd862e3fe1be46a994272793</c> (AWS X-Ray), also as <c>Root=1-…;Parent=…</c> | <c>5759e988bd862e3fe1be46a994272793</c>, which OpenTelemetry has as trace id |
/// | <c>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</c> (W3C traceparent) | <c>4bf92f3577b34da6a3ce929d0e0e4736</c> |
/// | <c> "Order-77" </c> | <c>order-77</c> |
///
/// Letters beyond ASCII stay as they are.
/// </remarks>
public static class CanonicalId
{
    /// <summary>Longer values are text that stands under an odd key, not ids.</summary>
    public const int MaxLength = 128;

    private const int UuidLength = 36;
    private const int XRayLength = 35;
    private const int TraceParentLength = 55;

    /// <summary>What stands around an id that was copied out of code, JSON or a log.</summary>
    private static readonly SearchValues<byte> Around = SearchValues.Create(" \t\r\n\"'`{}()[]<>,;"u8);

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static ReadOnlySpan<byte> Urn => "urn:uuid:"u8;

    /// <summary>The id itself: without spaces, quotes, brackets and <c>urn:uuid:</c> around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        // Most values have nothing around them.
        if (!text.IsEmpty && !Around.Contains(text[0]) && !Around.Contains(text[^1]) && text[0] is not ((byte)'u' or (byte)'U'))
        {
            return text;
        }

        int start = text.IndexOfAnyExcept(Around);
        if (start < 0)
        {
            return default;
        }

        text = text[start..(text.LastIndexOfAnyExcept(Around) + 1)];
        return text.Length > Urn.Length && System.Text.Ascii.EqualsIgnoreCase(text[..Urn.Length], Urn) ? text[Urn.Length..] : text;
    }

    /// <summary>
    /// The trace id that a header of a request names: W3C's <see href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</see> or
    /// <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">X-Amzn-Trace-Id</see>.
    /// </summary>
    /// <param name="text">The header's value.</param>
    /// <param name="id">A part of it.</param>
    public static bool TryUnwrap(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> id)
    {
        if (text.Length == TraceParentLength && text[2] == '-' && text[35] == '-' && text[52] == '-')
        {
            id = text[3..35];
            return IsHex(id);
        }

        id = default;
        int root = text.StartsWith("Root="u8) ? 0 : text.StartsWith("Self="u8) ? text.IndexOf("Root="u8) : -1;
        if (root < 0)
        {
            return false;
        }

        id = text[(root + "Root="u8.Length)..];
        int end = id.IndexOf((byte)';');
        id = end < 0 ? id : id[..end];
        return IsXRay(id);
    }

    /// <summary>Writes the canonical form.</summary>
    /// <param name="text">As sent.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written; 0 where the text is empty or longer than an id.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        text = Trim(text);
        text = TryUnwrap(text, out ReadOnlySpan<byte> wrapped) ? wrapped : text;
        length = 0;
        if (text.IsEmpty || text.Length > MaxLength)
        {
            return false;
        }

        if (text.Length == UuidLength && IsUuid(text))
        {
            length = Join(destination, text[..8], text[9..13], text[14..18], text[19..23], text[24..]);
        }
        else if (text.Length == XRayLength && IsXRay(text))
        {
            length = Join(destination, text[2..10], text[11..]);
        }
        else
        {
            Append(text, destination, ref length);
        }

        return true;
    }

    /// <summary>8-4-4-4-12 hexadecimal digits.</summary>
    public static bool IsUuid(ReadOnlySpan<byte> text) =>
        text.Length == UuidLength && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
        && IsHex(text[..8]) && IsHex(text[9..13]) && IsHex(text[14..18]) && IsHex(text[19..23]) && IsHex(text[24..]);

    /// <summary>
    /// <c>1-</c>, 8 and 24 hexadecimal digits.
    /// <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids"/>.
    /// </summary>
    public static bool IsXRay(ReadOnlySpan<byte> text) =>
        text.Length == XRayLength && text[0] == '1' && text[1] == '-' && text[10] == '-' && IsHex(text[2..10]) && IsHex(text[11..]);

    /// <summary>Whether there are only hexadecimal digits, in either case.</summary>
    public static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(HexDigits);

    private static int Join(
        Span<byte> destination, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default,
        ReadOnlySpan<byte> e = default)
    {
        int length = 0;
        Append(a, destination, ref length);
        Append(b, destination, ref length);
        Append(c, destination, ref length);
        Append(d, destination, ref length);
        Append(e, destination, ref length);
        return length;
    }

    private static void Append(ReadOnlySpan<byte> part, Span<byte> destination, ref int length)
    {
        Span<byte> to = destination.Slice(length, part.Length);
        length += part.Length;
        if (System.Text.Ascii.ToLower(part, to, out _) == OperationStatus.Done)
        {
            return;
        }

        part.CopyTo(to);
        foreach (ref byte b in to)
        {
            b |= (byte)(b is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }
    }
}
