using System.Buffers.Binary;
using System.Text;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>The hash of a label's value, the same of what was sent and of what the engine has of it.</summary>
/// <remarks>Texts, numbers and booleans. Lists, maps and bytes, which no SDK makes labels of, are not counted by key.</remarks>
internal static class LabelHash
{
    public static bool TryOf(in AnyValueMessage value, out ulong hash)
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                hash = ByteHash.Of(value.Content);
                return true;
            case AnyValueKind.Bool or AnyValueKind.Int or AnyValueKind.Double:
                hash = Of((byte)value.Kind, value.Int);
                return true;
            default:
                hash = 0;
                return false;
        }
    }

    /// <param name="value">As a result of the engine has it.</param>
    /// <param name="hash">Its hash.</param>
    public static bool TryOf(object? value, out ulong hash)
    {
        switch (value)
        {
            case string text:
                Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[256 * 3] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
                hash = ByteHash.Of(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
                return true;
            case bool flag:
                hash = Of((byte)AnyValueKind.Bool, flag ? 1 : 0);
                return true;
            case long number:
                hash = Of((byte)AnyValueKind.Int, number);
                return true;
            case double number:
                hash = Of((byte)AnyValueKind.Double, BitConverter.DoubleToInt64Bits(number));
                return true;
            default:
                hash = 0;
                return false;
        }
    }

    private static ulong Of(byte kind, long bits)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], bits);
        return ByteHash.Of(bytes);
    }
}
