using System.Buffers.Binary;
using System.Numerics;

namespace Observe.Bench.Otlp;

/// <summary>A buffer that protobuf is written into by hand, used again for each request.</summary>
/// <remarks>
/// A nested message's length is not known before its end, so that a fixed room is left for it and filled with a padded varint, which every
/// protobuf reader accepts (the OTLP exporter for .NET does the same). Writers call <see cref="Reserve"/> once per record; the other methods
/// rely on the room being there, and on the array's bounds check if it is not.
/// </remarks>
internal sealed class WireBuffer
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public Span<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Makes sure that so many bytes can follow.</summary>
    public void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }

    public void Byte(byte value) => _bytes[_length++] = value;

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    public void Double(double value) => Fixed64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A tag, a length and bytes.</summary>
    public void Field(byte tag, ReadOnlySpan<byte> value)
    {
        Byte(tag);
        Varint((ulong)value.Length);
        Bytes(value);
    }

    /// <summary>An integer in decimal digits, as text has it.</summary>
    public void Digits(long value)
    {
        _ = value.TryFormat(_bytes.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Starts a nested message of at most 16,383 bytes (2) or 268,435,455 bytes (4). Returns what <see cref="End"/> needs.</summary>
    public int Begin(byte tag, int lengthBytes)
    {
        Byte(tag);
        _length += lengthBytes;
        return _length;
    }

    public void End(int start, int lengthBytes)
    {
        uint size = (uint)(_length - start);
        for (int i = lengthBytes; i > 0; i--)
        {
            _bytes[start - i] = (byte)(i == 1 ? size & 0x7F : (size & 0x7F) | 0x80);
            size >>= 7;
        }

        if (size != 0)
        {
            throw new InvalidOperationException($"A nested message is larger than {lengthBytes} length bytes can say. Use a smaller batch.");
        }
    }

    public static int VarintSize(ulong value) => 1 + (BitOperations.Log2(value | 1) / 7);
}
