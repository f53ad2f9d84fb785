namespace Observe.Ingest.Journal;

/// <summary>What stands at a position of the journal.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="End">Where the next thing begins.</param>
/// <param name="Header">The frame's header; null where the bytes are no frame.</param>
/// <param name="IsWhole">Whether the body is there and is what was written.</param>
internal readonly record struct SegmentItem(long Position, long End, FrameHeader? Header, bool IsWhole)
{
    /// <summary>Bytes of the journal that it takes.</summary>
    public long Length => End - Position;
}
