namespace Observe.Ingest.Wire;

/// <summary>All occurrences of one length-delimited field of a message, in order: <c>foreach</c> gives the content of each.</summary>
/// <remarks>
/// Walks the whole message and passes over the other fields, which costs a few nanoseconds each. So a decoder may read a message's single
/// fields first and its repeated ones afterwards, whatever order the sender wrote them in, without storing anything in between.
/// </remarks>
/// <param name="message">The message that has the field.</param>
/// <param name="tag">The field's tag, with the wire type <see cref="WireType.LengthDelimited"/>.</param>
/// <param name="name">The message's name in the .proto file, for errors.</param>
internal readonly ref struct RepeatedField(ReadOnlySpan<byte> message, uint tag, string name)
{
    private readonly ReadOnlySpan<byte> _message = message;

    public Enumerator GetEnumerator() => new(new WireReader(_message, name), tag);

    internal ref struct Enumerator(WireReader reader, uint wanted)
    {
        private WireReader _reader = reader;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            for (uint tag = _reader.ReadTag(); tag != 0; tag = _reader.ReadTag())
            {
                if (tag == wanted)
                {
                    Current = _reader.ReadBytes();
                    return true;
                }

                _reader.Skip(tag);
            }

            return false;
        }
    }
}
