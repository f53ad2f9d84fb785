using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observe.Ingest.Wire;

/// <summary>Reads one Protocol Buffers message, field by field, from a span. Allocates nothing.</summary>
/// <remarks>
/// <code>
/// message := field*
/// field   := tag value                     tag = (field number &lt;&lt; 3) | wire type, a varint of at most 32 bits
///
/// type 0  varint             7 bits per byte, lowest first; the high bit says that another byte follows; at most 10 bytes
/// type 1  8 bytes            little-endian: fixed64, sfixed64, double
/// type 2  varint n, n bytes  string, bytes, message, packed numbers
/// type 3  field* type 4      a group: proto3 has none, so it can only be an unknown field and is skipped
/// type 5  4 bytes            little-endian: fixed32, sfixed32, float
/// </code>
/// <see href="https://protobuf.dev/programming-guides/encoding/"/>. Callers switch over whole tags; a known field with another wire type
/// is thereby an unknown field, as in the reference implementations. Every error is a <see cref="WireFormatException"/>.
/// </remarks>
internal ref struct WireReader
{
    /// <summary>Groups within groups are unknown fields of unknown senders; beyond this depth they are an attack on the stack.</summary>
    private const int MaxGroupDepth = 32;

    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _message;
    private int _position;
    private int _fieldStart;

    /// <param name="bytes">The message without its length.</param>
    /// <param name="message">The message's name in the .proto file, for errors.</param>
    public WireReader(ReadOnlySpan<byte> bytes, string message)
    {
        _bytes = bytes;
        _message = message;
    }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[_position..];

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>Where the tag that was read last begins.</summary>
    public readonly int FieldStart => _fieldStart;

    /// <summary>The next tag, or 0 at the end of the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadTag()
    {
        int position = _position;
        _fieldStart = position;
        if ((uint)position >= (uint)_bytes.Length)
        {
            return 0;
        }

        byte first = _bytes[position];
        if (first is >= 8 and < 0x80)
        {
            _position = position + 1;
            return first;
        }

        uint tag = ReadLongTag(_bytes, ref position, _message);
        _position = position;
        return tag;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            _position = position + 1;
            return _bytes[position];
        }

        if ((uint)(position + 1) < (uint)_bytes.Length && _bytes[position + 1] < 0x80)
        {
            _position = position + 2;
            return (_bytes[position] & 0x7Fu) | ((uint)_bytes[position + 1] << 7);
        }

        ulong value = ReadLongVarint(_bytes, ref position, _message);
        _position = position;
        return value;
    }

    /// <summary>A signed number in zigzag form (sint32, sint64).</summary>
    public long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>The content of a length-delimited field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes()
    {
        ulong length = ReadVarint();
        int position = _position;
        if (length > (ulong)(_bytes.Length - position))
        {
            FailLength(_bytes, position, length, _message);
        }

        _position = position + (int)length;
        return _bytes.Slice(position, (int)length);
    }

    /// <summary>Passes over the value of a field that the caller does not know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            default:
                int position = _position;
                SkipRare(_bytes, ref position, tag, depth: 0, _message);
                _position = position;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count)
    {
        int position = _position;
        if (_bytes.Length - position < count)
        {
            FailFixed(_bytes, position, count, _message);
        }

        _position = position + count;
        return _bytes.Slice(position, count);
    }

    // What follows is rare. It is static and takes the position by reference to a copy, so that a reader's fields can live in registers.

    private static void SkipRare(ReadOnlySpan<byte> bytes, ref int position, uint tag, int depth, string message)
    {
        var reader = new WireReader(bytes, message) { _position = position };
        switch (tag & 7)
        {
            case WireType.Varint:
                reader.ReadVarint();
                break;
            case WireType.StartGroup:
                SkipGroup(ref reader, tag, depth + 1);
                break;
            case WireType.Fixed32:
                reader.Take(4);
                break;
            case WireType.EndGroup:
                Fail(bytes, position, $"field {tag >> 3} ends a group that was not begun", message);
                break;
            case WireType.LengthDelimited or WireType.Fixed64:
                reader.Skip(tag);
                break;
            default:
                Fail(bytes, position, $"field {tag >> 3} has the wire type {tag & 7}, which does not exist", message);
                break;
        }

        position = reader._position;
    }

    private static void SkipGroup(ref WireReader reader, uint startTag, int depth)
    {
        if (depth > MaxGroupDepth)
        {
            Fail(reader._bytes, reader._position, $"groups are nested deeper than {MaxGroupDepth}", reader._message);
        }

        uint endTag = startTag - WireType.StartGroup + WireType.EndGroup;
        for (uint tag = reader.ReadTag(); tag != endTag; tag = reader.ReadTag())
        {
            if (tag == 0)
            {
                Fail(reader._bytes, reader._position, $"the group of field {startTag >> 3} has no end", reader._message);
            }

            SkipRare(reader._bytes, ref reader._position, tag, depth, reader._message);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ReadLongTag(ReadOnlySpan<byte> bytes, ref int position, string message)
    {
        ulong tag = ReadLongVarint(bytes, ref position, message);
        if (tag > uint.MaxValue)
        {
            Fail(bytes, position, "a tag has more than 32 bits", message);
        }

        if (tag < 8)
        {
            Fail(bytes, position, "a field has the number 0", message);
        }

        return (uint)tag;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadLongVarint(ReadOnlySpan<byte> bytes, ref int position, string message)
    {
        if (bytes.Length - position >= sizeof(ulong))
        {
            // Up to eight bytes at once: the first byte without a high bit ends the number; then the groups of seven bits are pushed together.
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]);
            ulong ends = ~word & 0x8080_8080_8080_8080;
            if (ends != 0)
            {
                int bits = BitOperations.TrailingZeroCount(ends) + 1;
                position += bits >> 3;
                word &= (ulong.MaxValue >> (64 - bits)) & 0x7F7F_7F7F_7F7F_7F7F;
                word = (word & 0x007F_007F_007F_007F) | ((word & 0x7F00_7F00_7F00_7F00) >> 1);
                word = (word & 0x0000_3FFF_0000_3FFF) | ((word & 0x3FFF_0000_3FFF_0000) >> 2);
                return (word & 0x0000_0000_0FFF_FFFF) | ((word & 0x0FFF_FFFF_0000_0000) >> 4);
            }
        }

        int at = position;
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes; i++)
        {
            if (at >= bytes.Length)
            {
                Fail(bytes, at, "it ends within a number", message);
            }

            byte part = bytes[at++];

            // The tenth byte has room for one bit; what stands above it is cut off, as in the reference implementations.
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                position = at;
                return value;
            }
        }

        Fail(bytes, at, $"a number has more than {MaxVarintBytes} bytes", message);
        return 0;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailLength(ReadOnlySpan<byte> bytes, int position, ulong length, string message) =>
        Fail(bytes, position, $"a field says that it has {length} bytes, but only {bytes.Length - position} are left", message);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailFixed(ReadOnlySpan<byte> bytes, int position, int count, string message) =>
        Fail(bytes, position, $"a field needs {count} bytes, but only {bytes.Length - position} are left", message);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(ReadOnlySpan<byte> bytes, int position, string reason, string message) =>
        throw new WireFormatException($"{message} is malformed at byte {position} of its {bytes.Length}: {reason}.");
}
