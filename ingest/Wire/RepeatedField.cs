using System.Runtime.CompilerServices;

namespace Observe.Ingest.Wire;

/// <summary>All occurrences of one length-delimited field of a message, in order: <c>foreach</c> gives the content of each.</summary>
/// <remarks>
/// Walks the part of the message that has them and passes over other fields in between. So a decoder may read a message's single
/// fields first and its repeated ones afterwards, whatever order the sender wrote them in, without storing anything but the part's bounds.
/// </remarks>
/// <param name="message">The message that has the field, or the part of it that holds all occurrences.</param>
/// <param name="tag">The field's tag, with the wire type <see cref="WireType.LengthDelimited"/>.</param>
/// <param name="name">The message's name in the .proto file, for errors.</param>
internal readonly ref struct RepeatedField(ReadOnlySpan<byte> message, uint tag, string name)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly bool _isBroken = true;

    /// <param name="message">The message that has the field.</param>
    /// <param name="run">Where in it the occurrences lie.</param>
    /// <inheritdoc cref="RepeatedField(ReadOnlySpan{byte}, uint, string)"/>
    public RepeatedField(ReadOnlySpan<byte> message, FieldRun run, uint tag, string name)
        : this(run.Of(message), tag, name) => _isBroken = run.IsBroken;

    /// <summary>
    /// The occurrences as they were sent, each with its tag and length and with nothing between them: what is the same here is the
    /// same field by field. Where other fields lie between them there is no such run.
    /// </summary>
    public bool TryGetRun(out ReadOnlySpan<byte> run)
    {
        run = _isBroken ? default : _message;
        return !_isBroken;
    }

    public Enumerator GetEnumerator() => new(new WireReader(_message, name), tag);

    internal ref struct Enumerator(WireReader reader, uint wanted)
    {
        private WireReader _reader = reader;

        public ReadOnlySpan<byte> Current { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
