using System.Buffers.Binary;

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

    public Enumerator GetEnumerator() => new(new WireReader(_message, name), field, type, name);

    /// <summary>How many values there are. Throws <see cref="WireFormatException"/> where a packed field is cut within a value.</summary>
    public int Count()
    {
        int count = 0;
        foreach (ulong _ in this)
        {
            count++;
        }

        return count;
    }

    internal ref struct Enumerator(WireReader reader, uint field, uint type, string name)
    {
        private readonly uint _single = (field << 3) | type;
        private readonly uint _packed = (field << 3) | WireType.LengthDelimited;
        private WireReader _reader = reader;
        private ReadOnlySpan<byte> _run;

        public ulong Current { get; private set; }

        public bool MoveNext()
        {
            while (_run.IsEmpty)
            {
                uint tag = _reader.ReadTag();
                if (tag == 0)
                {
                    return false;
                }

                if (tag == _single)
                {
                    Current = type == WireType.Fixed64 ? _reader.ReadFixed64() : _reader.ReadVarint();
                    return true;
                }

                if (tag == _packed)
                {
                    _run = _reader.ReadBytes();
                }
                else
                {
                    _reader.Skip(tag);
                }
            }

            Current = type == WireType.Fixed64 ? NextFixed64() : NextVarint();
            return true;
        }

        private ulong NextFixed64()
        {
            if (_run.Length < sizeof(ulong))
            {
                throw new WireFormatException($"{name} is malformed: the packed field {field} ends within a value.");
            }

            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_run);
            _run = _run[sizeof(ulong)..];
            return value;
        }

        private ulong NextVarint()
        {
            var packed = new WireReader(_run, name);
            ulong value = packed.ReadVarint();
            _run = packed.Rest;
            return value;
        }
    }
}
