using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
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

    /// <param name="bytes">The message without its length.</param>
    /// <param name="message">The message's name in the .proto file, for errors.</param>
    public WireReader(ReadOnlySpan<byte> bytes, string message)
    {
        _bytes = bytes;
        _message = message;
    }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[_position..];

    /// <summary>The next tag, or 0 at the end of the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadTag()
    {
        if (_position >= _bytes.Length)
        {
            return 0;
        }

        byte first = _bytes[_position];
        if (first is >= 8 and < 0x80)
        {
            _position++;
            return first;
        }

        return ReadLongTag();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        if (_position < _bytes.Length && _bytes[_position] < 0x80)
        {
            return _bytes[_position++];
        }

        return ReadLongVarint();
    }

    /// <summary>A signed number in zigzag form (sint32, sint64).</summary>
    public long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>The content of a length-delimited field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes()
    {
        ulong length = ReadVarint();
        if (length > (ulong)(_bytes.Length - _position))
        {
            Fail($"a field says that it has {length} bytes, but only {_bytes.Length - _position} are left");
        }

        ReadOnlySpan<byte> content = _bytes.Slice(_position, (int)length);
        _position += (int)length;
        return content;
    }

    /// <summary>Passes over the value of a field that the caller does not know.</summary>
    public void Skip(uint tag) => Skip(tag, depth: 0);

    private void Skip(uint tag, int depth)
    {
        switch (tag & 7)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.StartGroup:
                SkipGroup(tag, depth + 1);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            case WireType.EndGroup:
                Fail($"field {tag >> 3} ends a group that was not begun");
                break;
            default:
                Fail($"field {tag >> 3} has the wire type {tag & 7}, which does not exist");
                break;
        }
    }

    private void SkipGroup(uint startTag, int depth)
    {
        if (depth > MaxGroupDepth)
        {
            Fail($"groups are nested deeper than {MaxGroupDepth}");
        }

        uint endTag = startTag - WireType.StartGroup + WireType.EndGroup;
        for (uint tag = ReadTag(); tag != endTag; tag = ReadTag())
        {
            if (tag == 0)
            {
                Fail($"the group of field {startTag >> 3} has no end");
            }

            Skip(tag, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _position < count)
        {
            Fail($"a field needs {count} bytes, but only {_bytes.Length - _position} are left");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    private uint ReadLongTag()
    {
        ulong tag = ReadVarint();
        if (tag > uint.MaxValue)
        {
            Fail("a tag has more than 32 bits");
        }

        if (tag < 8)
        {
            Fail("a field has the number 0");
        }

        return (uint)tag;
    }

    private ulong ReadLongVarint()
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes; i++)
        {
            if (_position >= _bytes.Length)
            {
                Fail("it ends within a number");
            }

            byte part = _bytes[_position++];

            // The tenth byte has room for one bit; what stands above it is cut off, as in the reference implementations.
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        Fail($"a number has more than {MaxVarintBytes} bytes");
        return 0;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Fail(string reason) =>
        throw new WireFormatException($"{_message} is malformed at byte {_position} of its {_bytes.Length}: {reason}.");
}
