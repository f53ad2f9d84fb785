using System.Buffers.Binary;
using System.Text;

namespace Observe.Tests.Ingest;

/// <summary>Writes protobuf by hand, independently of the program's own writer.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public static byte[] Message(Action<ProtoWriter> fill)
    {
        var writer = new ProtoWriter();
        fill(writer);
        return [.. writer._bytes];
    }

    public ProtoWriter Varint(int field, ulong value) => Raw((ulong)field << 3).Raw(value);

    public ProtoWriter Int(int field, long value) => Varint(field, (ulong)value);

    public ProtoWriter Fixed64(int field, ulong value)
    {
        Raw(((ulong)field << 3) | 1);
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Append(bytes);
    }

    public ProtoWriter Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public ProtoWriter Fixed32(int field, uint value)
    {
        Raw(((ulong)field << 3) | 5);
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Append(bytes);
    }

    public ProtoWriter Bytes(int field, params byte[] value) => Raw(((ulong)field << 3) | 2).Raw((ulong)value.Length).Append(value);

    public ProtoWriter String(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Sub(int field, Action<ProtoWriter> fill) => Bytes(field, Message(fill));

    /// <summary>A bare varint.</summary>
    public ProtoWriter Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }

    public ProtoWriter Append(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
