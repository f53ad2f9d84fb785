using Observe.Fuzz.Samples;
using Observe.Ingest.Journal;

namespace Observe.Fuzz.Targets;

/// <summary>What of a segment's file is as it was written.</summary>
/// <param name="HasHeader">Whether the file's header is.</param>
/// <param name="IsRead">Whether the file's frames are read: it has its header, or a whole frame and a checkpoint that says of which journal it is.</param>
/// <param name="Intact">The frames of the directory that are, a bit each.</param>
/// <param name="Heads">Those whose header and sender are.</param>
internal readonly record struct SegmentState(bool HasHeader, bool IsRead, uint Intact, uint Heads)
{
    /// <param name="file">The file.</param>
    /// <param name="segment">The segment that it is named after.</param>
    /// <param name="directory">All segments: a file may have grown beyond its own.</param>
    /// <param name="hasCheckpoint">Whether there is a checkpoint.</param>
    public static SegmentState Of(ReadOnlySpan<byte> file, JournalSample segment, JournalDirectorySample directory, bool hasCheckpoint)
    {
        bool hasHeader = file.StartsWith(segment.Bytes[..SegmentHeader.Length]);
        JournalSample another = segment == directory.First ? directory.Second : directory.First;
        if (file.StartsWith(another.Bytes[..SegmentHeader.Length]))
        {
            // It has another name than its header says.
            return default;
        }

        uint intact = 0;
        uint heads = 0;
        for (int i = 0; i < directory.FrameCount; i++)
        {
            ReadOnlySpan<byte> written = directory.Frame(i, out JournalSampleFrame frame);
            long start = frame.Position - segment.Position;
            if (start >= SegmentHeader.Length && file.Length >= start && file[(int)start..].StartsWith(written[..frame.HeadLength]))
            {
                heads |= 1u << i;
                intact |= file[(int)start..].StartsWith(written) ? 1u << i : 0;
            }
        }

        return hasHeader || (hasCheckpoint && intact != 0) ? new(hasHeader, true, intact, heads) : default;
    }

    /// <summary>Without the frames of a mask.</summary>
    public SegmentState Without(uint frames) => this with { Intact = Intact & ~frames, Heads = Heads & ~frames };
}
