using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Observe.Ingest.Wire;

/// <summary>Writes Protocol Buffers fields to a buffer: responses, and what the JSON transcoder makes of JSON.</summary>
internal static class WireWriter
{
    public const int MaxVarintBytes = 10;

    public static void WriteVarint(this IBufferWriter<byte> output, uint field, ulong value)
    {
        output.WriteRaw((field << 3) | WireType.Varint);
        output.WriteRaw(value);
    }

    public static void WriteFixed64(this IBufferWriter<byte> output, uint field, ulong value)
    {
        output.WriteRaw((field << 3) | WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    public static void WriteFixed32(this IBufferWriter<byte> output, uint field, uint value)
    {
        output.WriteRaw((field << 3) | WireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public static void WriteBytes(this IBufferWriter<byte> output, uint field, ReadOnlySpan<byte> value)
    {
        output.WriteRaw((field << 3) | WireType.LengthDelimited);
        output.WriteRaw((ulong)value.Length);
        output.Write(value);
    }

    public static void WriteString(this IBufferWriter<byte> output, uint field, string value) =>
        output.WriteBytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A bare varint, without a tag.</summary>
    public static void WriteRaw(this IBufferWriter<byte> output, ulong value)
    {
        Span<byte> bytes = output.GetSpan(MaxVarintBytes);
        int length = 0;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
        output.Advance(length);
    }
}
