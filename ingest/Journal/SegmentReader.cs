using System.Text;
using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>Reads one segment from frame to frame, and finds the next frame where bytes are damaged. Used by one thread at a time.</summary>
/// <remarks>
/// <code>
/// | header | frame | frame | ### damaged ### | frame | torn
///                          └── one item ────┘       └── one item, to the end
/// </code>
/// Every byte between the segment's header and the limit is part of exactly one item: nothing is passed over in silence.
/// A frame whose header is whole and whose body is not is an item of its own, whose records are known by number.
/// </remarks>
/// <param name="file">The segment.</param>
/// <param name="position">Of the segment's first byte.</param>
/// <param name="seed">With which the headers' checksums begin, see <see cref="SeedOf"/>.</param>
internal sealed class SegmentReader(IJournalFile file, long position, uint seed)
{
    /// <summary>Small frames are read many at a time.</summary>
    private const int ReadAhead = 1 << 20;

    /// <summary>Where only headers are asked for, bodies are mostly jumped over.</summary>
    private const int HeaderReadAhead = 4 << 10;

    /// <summary>A larger buffer, which one huge request needed, is given back after it.</summary>
    private const int KeptCapacity = 8 << 20;

    private byte[] _buffer = [];
    private long _bufferStart; // offset in the file of the buffer's first byte
    private int _bufferLength;
    private int _readAhead = ReadAhead;
    private long _limit; // what lies behind it may be half written: it is never read

    /// <summary>A number that only frames of this journal have in their checksums.</summary>
    public static uint SeedOf(Guid journalId) => Crc32C.Compute(journalId.ToByteArray());

    /// <summary>The item at a position.</summary>
    /// <param name="at">Where an item begins: the end of the one before, or the end of the segment's header.</param>
    /// <param name="limit">Where the bytes end that may be read.</param>
    /// <param name="needsBody">Whether the body is checked and can be asked for; false only jumps over it.</param>
    /// <returns>Null when the limit is reached.</returns>
    public SegmentItem? Read(long at, long limit, bool needsBody)
    {
        _limit = limit;
        _readAhead = needsBody ? ReadAhead : HeaderReadAhead;
        if (at >= limit)
        {
            return null;
        }

        if (!TryReadHeader(at, limit, out FrameHeader header))
        {
            return new(at, FindFrame(at + 1, limit), null, IsWhole: false);
        }

        if (header.End > limit)
        {
            // The limit cuts it off; unless another frame lies in what its length claims, this is the torn tail.
            return new(at, FindFrame(at + 1, limit), header, IsWhole: false);
        }

        bool isWhole = !needsBody || Crc32C.Compute(Body(header)) == header.BodyChecksum;
        return new(at, header.End, header, isWhole);
    }

    /// <summary>The bytes of a frame's body, until the next call.</summary>
    public ReadOnlySpan<byte> Body(in FrameHeader header) =>
        Bytes(header.Position + FrameHeader.Length + header.SenderLength, header.BodyLength);

    /// <summary>The key of a frame's sender.</summary>
    public string Sender(in FrameHeader header) => Encoding.UTF8.GetString(SenderUtf8(header));

    /// <summary>The same as it is in the file, until the next call.</summary>
    public ReadOnlySpan<byte> SenderUtf8(in FrameHeader header) => Bytes(header.Position + FrameHeader.Length, header.SenderLength);

    /// <summary>Bytes as they are in the file, for the quarantine.</summary>
    public void Copy(long from, Span<byte> destination) => file.Read(destination, from - position);

    private bool TryReadHeader(long at, long limit, out FrameHeader header)
    {
        int available = (int)Math.Min(limit - at, FrameHeader.Length + FrameHeader.MaxSenderLength);
        return FrameHeader.TryRead(Bytes(at, available), at, seed, out header) && header.Position + FrameHeader.Length <= limit;
    }

    /// <summary>The next position from which a header can be read; the limit when there is none.</summary>
    private long FindFrame(long from, long limit)
    {
        // Searched in what was read ahead, and read on only at its end: a body may be nothing but magic numbers.
        _readAhead = ReadAhead;
        while (from < limit)
        {
            ReadOnlySpan<byte> bytes = Buffered(from, limit);
            int index = bytes.IndexOf(FrameHeader.Magic);
            if (index < 0)
            {
                if (bytes.Length >= limit - from || bytes.IsEmpty)
                {
                    return limit;
                }

                // A magic number may lie across the end of what was searched.
                from += Math.Max(1, bytes.Length - (FrameHeader.Magic.Length - 1));
                continue;
            }

            from += index;
            if (TryReadHeader(from, limit, out _))
            {
                return from;
            }

            from++;
        }

        return limit;
    }

    /// <summary>All bytes from a position on that are in memory; they are read first if they are fewer than a header may have.</summary>
    private ReadOnlySpan<byte> Buffered(long from, long limit)
    {
        int needed = (int)Math.Min(limit - from, FrameHeader.Length + FrameHeader.MaxSenderLength);
        Bytes(from, needed);
        int start = (int)(from - position - _bufferStart);
        return _buffer.AsSpan(start, (int)Math.Min(_bufferLength - start, limit - from));
    }

    /// <summary>Bytes from a position on; fewer than asked only where the limit or the file ends.</summary>
    private ReadOnlySpan<byte> Bytes(long from, int count)
    {
        long offset = from - position;
        if (offset < _bufferStart || offset + count > _bufferStart + _bufferLength)
        {
            Fill(offset, (int)Math.Min(Math.Max(count, _readAhead), _limit - from));
        }

        int start = (int)(offset - _bufferStart);
        return _buffer.AsSpan(start, Math.Min(count, _bufferLength - start));
    }

    private void Fill(long offset, int count)
    {
        if (_buffer.Length < count || (_buffer.Length > KeptCapacity && count <= ReadAhead))
        {
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(count, ReadAhead));
        }

        _bufferStart = offset;
        _bufferLength = file.Read(_buffer.AsSpan(0, count), offset);
    }
}
