using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Observe.Storage.Columns;

/// <summary>A growing run of bytes that keeps its memory when it is cleared: what every column is made of.</summary>
internal sealed class ByteBuffer
{
    /// <summary>
    /// Beyond this a buffer of which less than a quarter was needed gives its memory back when it is cleared: one huge batch does not weigh
    /// on the process for ever, and batches that are always large do not grow their columns again and again.
    /// </summary>
    private const int KeptCapacity = 8 << 20;

    private byte[] _bytes = [];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Memory at the end to be filled by the caller; it counts as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Extend(int count)
    {
        int start = _length;
        int end = checked(start + count);
        if (end > _bytes.Length)
        {
            Grow(end);
        }

        _length = end;
        return _bytes.AsSpan(start, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(_length + 1);
        }

        _bytes[_length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    public void AppendUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Extend(8), value);

    /// <summary>LEB128, as the Native format and Protocol Buffers write unsigned numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendVarUInt(ulong value)
    {
        while (value >= 0x80)
        {
            Append((byte)(value | 0x80));
            value >>= 7;
        }

        Append((byte)value);
    }

    /// <summary>Appends <paramref name="count"/> copies of one byte.</summary>
    public void Fill(byte value, int count) => Extend(count).Fill(value);

    public void Clear()
    {
        if (_bytes.Length > KeptCapacity && _length < _bytes.Length / 4)
        {
            _bytes = [];
        }

        _length = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        int capacity = (int)Math.Min(Math.Max((long)_bytes.Length * 2, Math.Max(needed, 256)), Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, needed, nameof(needed));
        Array.Resize(ref _bytes, capacity);
    }
}
