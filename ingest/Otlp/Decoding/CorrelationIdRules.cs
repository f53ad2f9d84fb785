using System.Buffers;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Which attributes carry ids by which records of one matter (an order, a user, a request) find each other.</summary>
internal static class CorrelationIdRules
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>
    /// Whether a key's last word is "id": <c>id</c>, <c>order.id</c>, <c>order_id</c>, <c>orderId</c>, <c>OrderID</c>; not <c>paid</c>,
    /// <c>valid</c> or <c>VALID</c>.
    /// </summary>
    public static bool IsIdKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < 2 || (key[^1] | 0x20) != 'd' || (key[^2] | 0x20) != 'i')
        {
            return false;
        }

        if (key.Length == 2)
        {
            return true;
        }

        byte before = key[^3];
        if (!char.IsAsciiLetterOrDigit((char)before))
        {
            return true;
        }

        // Within a word of letters only a change of case begins a new word: orderId, orderID, HTTPId.
        bool upperI = key[^2] == 'I';
        bool upperD = key[^1] == 'D';
        return upperI && (!upperD || !char.IsAsciiLetterUpper((char)before));
    }

    /// <summary>Whether a value looks like an id by itself: a UUID, or 16, 32 or more hexadecimal digits.</summary>
    public static bool LooksLikeId(ReadOnlySpan<byte> value) =>
        value.Length == 36 ? IsUuid(value) : value.Length is 16 or >= 32 && IsHex(value);

    private static bool IsUuid(ReadOnlySpan<byte> value) =>
        value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-'
        && IsHex(value[..8]) && IsHex(value[9..13]) && IsHex(value[14..18]) && IsHex(value[19..23]) && IsHex(value[24..]);

    private static bool IsHex(ReadOnlySpan<byte> value) => !value.ContainsAnyExcept(HexDigits);
}
