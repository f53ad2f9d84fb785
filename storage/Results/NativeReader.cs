using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Observe.Storage.Engine;

namespace Observe.Storage.Results;

/// <summary>Reads the primitives of the Native format from a chunk of a result.</summary>
internal ref struct NativeReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    public readonly bool AtEnd => _position == _bytes.Length;

    public byte ReadByte() => Take(1)[0];

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ulong ReadVarUInt()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged("a number is longer than ten bytes");
    }

    /// <summary>A varuint that is a number of things in memory.</summary>
    public int ReadCount() => ToCount(ReadVarUInt());

    public static int ToCount(ulong value) =>
        value <= int.MaxValue ? (int)value : throw Damaged($"{value} is more than a block can hold");

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadCount()));

    public T[] ReadArray<T>(int count)
        where T : unmanaged
    {
        var values = new T[count];
        Span<byte> target = MemoryMarshal.AsBytes(values.AsSpan());
        Take(target.Length).CopyTo(target);
        return values;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Damaged($"it ends {count - (_bytes.Length - _position)} bytes too early");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    public static StorageException Damaged(string why) =>
        new(StorageError.Failed, $"The engine's result cannot be read: {why}. This is a fault of Observe or of the engine's version.");
}
