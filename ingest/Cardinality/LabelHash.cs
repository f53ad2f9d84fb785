using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>The hash of a label's value in the form in which it is stored, so that it is the same of what was sent and of what the engine has of it.</summary>
/// <remarks>
/// <code>
/// text      the UTF-8 that is kept of it: cut, and with U+FFFD for what is not valid
/// bytes     the base64 text that is kept of them
/// number    the kind, 8 bytes; NaN and the infinities are their names, for JSON has nothing else
/// boolean   the kind, 0 or 1
/// </code>
/// Lists and empty values are not counted by key.
/// </remarks>
internal static class LabelHash
{
    /// <param name="value">As it was sent.</param>
    /// <param name="limits">How much of it is stored.</param>
    /// <param name="hash">Its hash.</param>
    public static bool TryOf(in AnyValueMessage value, RecordLimits limits, out ulong hash)
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                hash = ByteHash.Of(Utf8Text.Valid(Utf8Text.Cut(value.Content, limits.MaxAttributeBytes)));
                return true;
            case AnyValueKind.Bytes:
                hash = OfBytes(value.Content[..Math.Min(value.Content.Length, limits.MaxAttributeBytes)]);
                return true;
            case AnyValueKind.Bool:
                hash = Of(value.Bool);
                return true;
            case AnyValueKind.Int:
                hash = Of(value.Int);
                return true;
            case AnyValueKind.Double:
                hash = Of(value.Double);
                return true;
            default:
                hash = 0;
                return false;
        }
    }

    public static ulong Of(string text)
    {
        Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[256 * 3] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return ByteHash.Of(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    public static ulong Of(bool flag) => Of(AnyValueKind.Bool, flag ? 1 : 0);

    public static ulong Of(long number) => Of(AnyValueKind.Int, number);

    public static ulong Of(double number) => double.IsFinite(number)
        ? Of(AnyValueKind.Double, BitConverter.DoubleToInt64Bits(number))
        : ByteHash.Of(NumberText.Double(number, stackalloc byte[NumberText.MaxLength]));

    private static ulong Of(AnyValueKind kind, long bits)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], bits);
        return ByteHash.Of(bytes);
    }

    private static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, text, out _, out int length);
        ulong hash = ByteHash.Of(text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
        return hash;
    }
}
