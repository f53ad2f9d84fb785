using System.Runtime.CompilerServices;

namespace Observe.Ingest.Wire;

/// <summary>
/// Where in a message the occurrences of a repeated field lie, noted while the message's single fields are read: whoever enumerates them
/// then need not walk over the rest of the message again.
/// </summary>
internal struct FieldRun
{
    private int _start;
    private int _end;

    /// <summary>Whether fields of other numbers lie between the occurrences.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Notes the field whose content was just read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in WireReader reader)
    {
        if (_end == 0)
        {
            _start = reader.FieldStart;
        }
        else if (_end != reader.FieldStart)
        {
            IsBroken = true;
        }

        _end = reader.Position;
    }

    /// <summary>From the first occurrence's tag to the last one's end.</summary>
    public readonly ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message[_start.._end];
}
