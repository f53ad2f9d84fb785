namespace Observe.Ingest.Journal;

/// <summary>Reads a journal from a position on, across segments. Used by one thread at a time.</summary>
internal sealed class JournalCursor(SegmentList segments, uint seed, long position)
{
    private Segment? _segment;
    private SegmentReader? _reader;

    /// <summary>Where the next item is looked for.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Reads the next item and moves behind it.</summary>
    /// <returns>Null when everything that is in the journal was read.</returns>
    public SegmentItem? Read()
    {
        if (Move() is not { } reader || reader.Read(Position, _segment!.End, needsBody: true) is not { } item)
        {
            return null;
        }

        Position = item.End;
        return item;
    }

    /// <summary>Goes to another position, where an item begins.</summary>
    public void Seek(long position) => Position = position;

    /// <summary>The body of the frame that was read last.</summary>
    public ReadOnlySpan<byte> Body(in FrameHeader header) => _reader!.Body(header);

    /// <summary>The sender of the frame that was read last.</summary>
    public string Sender(in FrameHeader header) => _reader!.Sender(header);

    /// <summary>Bytes of the item that was read last, as they are in the file.</summary>
    public void Copy(long from, Span<byte> destination) => _reader!.Copy(from, destination);

    private SegmentReader? Move()
    {
        if (_segment is null || Position < _segment.Position || Position >= _segment.End)
        {
            Segment? next = segments.Find(Position);
            if (next is null)
            {
                return null;
            }

            if (next != _segment)
            {
                _segment = next;
                _reader = new(next.File, next.Position, seed);
            }
        }

        Position = Math.Max(Position, _segment!.Start);
        return _reader;
    }
}
