using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Observe.Ingest.Memory;
using Observe.Storage.Columns;

namespace Observe.Ingest.Wire;

/// <summary>
/// All values of one repeated numeric field of a message, as raw 64 bits: fixed64 and double as they are, varints as read.
/// </summary>
/// <remarks>
/// A parser must take both forms and any mixture (<see href="https://protobuf.dev/programming-guides/encoding/#packed"/>):
/// packed, one length-delimited field with the values end to end; or one field for each value.
/// </remarks>
/// <param name="message">The message that has the field.</param>
/// <param name="field">The field's number.</param>
/// <param name="type">Of one value: <see cref="WireType.Fixed64"/> or <see cref="WireType.Varint"/>.</param>
/// <param name="name">The message's name in the .proto file, for errors.</param>
internal readonly ref struct RepeatedNumber(ReadOnlySpan<byte> message, uint field, uint type, string name)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly uint _single = (field << 3) | type;
    private readonly uint _packed = (field << 3) | WireType.LengthDelimited;

    /// <summary>How many values there are. Throws <see cref="WireFormatException"/> where a packed field is cut within a value.</summary>
    public int Count()
    {
        int count = 0;
        var reader = new WireReader(_message, name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            if (tag == _packed)
            {
                count += CountPacked(reader.ReadBytes());
            }
            else
            {
                count += tag == _single ? 1 : 0;
                reader.Skip(tag);
            }
        }

        return count;
    }

    /// <summary>Whether each value of a field of doubles is more than the one before it.</summary>
    public bool AreAscending()
    {
        Debug.Assert(type == WireType.Fixed64, "Varints are no doubles.");
        double last = double.NegativeInfinity;
        bool isFirst = true;
        var reader = new WireReader(_message, name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            if (tag == _packed)
            {
                for (ReadOnlySpan<byte> run = reader.ReadBytes(); run.Length >= sizeof(double); run = run[sizeof(double)..])
                {
                    if (!Follows(BinaryPrimitives.ReadDoubleLittleEndian(run)))
                    {
                        return false;
                    }
                }
            }
            else if (tag == _single)
            {
                if (!Follows(reader.ReadDouble()))
                {
                    return false;
                }
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return true;

        bool Follows(double value)
        {
            bool follows = isFirst || value > last;
            (last, isFirst) = (value, false);
            return follows;
        }
    }

    /// <summary>All values of a fixed64 field as their little-endian bytes, end to end: as they were sent where they lie so, else copied.</summary>
    /// <param name="copy">Takes the copy; overwritten.</param>
    public ReadOnlySpan<byte> Bytes(ByteScratch copy)
    {
        Debug.Assert(type == WireType.Fixed64, "Varints are not sent as what they are.");
        ReadOnlySpan<byte> bytes = default;
        bool isOne = true;
        var reader = new WireReader(_message, name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            if (tag == _packed && bytes.IsEmpty && isOne)
            {
                bytes = reader.ReadBytes();
                CheckWhole(bytes);
            }
            else if (tag == _packed || tag == _single)
            {
                if (isOne)
                {
                    isOne = false;
                    copy.Clear();
                    copy.Append(bytes);
                }

                Append(ref reader, tag, copy);
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return isOne ? bytes : copy.Span;
    }

    /// <summary>Appends all values to a column of 64-bit numbers.</summary>
    public void AppendTo<T>(FixedColumn<T> column)
        where T : unmanaged
    {
        var reader = new WireReader(_message, name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            if (tag == _packed)
            {
                AppendPacked(reader.ReadBytes(), column);
            }
            else if (tag == _single)
            {
                Append(type == WireType.Fixed64 ? reader.ReadFixed64() : reader.ReadVarint(), column);
            }
            else
            {
                reader.Skip(tag);
            }
        }
    }

    private static void Append<T>(ulong bits, FixedColumn<T> column)
        where T : unmanaged => column.Append(Unsafe.BitCast<ulong, T>(bits));

    private void Append(ref WireReader reader, uint tag, ByteScratch copy)
    {
        if (tag == _packed)
        {
            ReadOnlySpan<byte> run = reader.ReadBytes();
            CheckWhole(run);
            copy.Append(run);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(copy.GetSpan(sizeof(ulong)), reader.ReadFixed64());
            copy.Advance(sizeof(ulong));
        }
    }

    private int CountPacked(ReadOnlySpan<byte> run)
    {
        if (type == WireType.Fixed64)
        {
            CheckWhole(run);
            return run.Length / sizeof(ulong);
        }

        if (Ascii.IsValid(run))
        {
            return run.Length; // small numbers, a byte each
        }

        int count = 0;
        var reader = new WireReader(run, name);
        while (!reader.Rest.IsEmpty)
        {
            reader.ReadVarint();
            count++;
        }

        return count;
    }

    private void AppendPacked<T>(ReadOnlySpan<byte> run, FixedColumn<T> column)
        where T : unmanaged
    {
        if (type == WireType.Fixed64)
        {
            CheckWhole(run);
            column.AppendBytes(run);
            return;
        }

        var reader = new WireReader(run, name);
        while (!reader.Rest.IsEmpty)
        {
            Append(reader.ReadVarint(), column);
        }
    }

    private void CheckWhole(ReadOnlySpan<byte> run)
    {
        if (run.Length % sizeof(ulong) != 0)
        {
            throw new WireFormatException($"{name} is malformed: the packed field {field} ends within a value.");
        }
    }
}
