using System.Buffers.Binary;
using Observe.Ingest.Journal;

namespace Observe.Fuzz.Samples;

/// <summary>A journal's directory: two segments and a checkpoint, and how an input stands for them.</summary>
/// <remarks>
/// <code>
///   0  96  the checkpoint's first place
///  96  96  its second
/// 192   4  length of the first segment's file
/// 196      the first segment's file, then the second's
/// </code>
/// </remarks>
internal sealed class JournalDirectorySample
{
    public const int HeadLength = (2 * Checkpoint.Length) + sizeof(int);

    private const long Position = 1_000_000;

    public JournalDirectorySample()
    {
        First = new(Position, seed: 1);
        Second = new(First.End, seed: 2);
        Checkpoints =
        [
            new(1, JournalSample.JournalId, First.Position, null),
            new(2, JournalSample.JournalId, First.Frames[2].End, null),
            new(3, JournalSample.JournalId, First.Frames[2].End, First.Frames[5].End),
            new(4, JournalSample.JournalId, First.Frames[^1].End, null),
            new(5, JournalSample.JournalId, Second.Frames[0].End, null),
        ];
    }

    public JournalSample First { get; }

    public JournalSample Second { get; }

    /// <summary>The states that were written, oldest first.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>Frames of both segments.</summary>
    public int FrameCount => First.Frames.Count + Second.Frames.Count;

    /// <summary>The frames of the second segment, a bit each.</summary>
    public uint FramesOfSecond => ~0u << First.Frames.Count;

    /// <summary>A frame of either segment by its number, and its bytes.</summary>
    public ReadOnlySpan<byte> Frame(int index, out JournalSampleFrame frame)
    {
        JournalSample segment = index < First.Frames.Count ? First : Second;
        frame = segment.Frames[segment == First ? index : index - First.Frames.Count];
        return segment.BytesOf(frame);
    }

    /// <summary>Directories as they are before each kill of the process: with each state of the checkpoint, with one segment, with two.</summary>
    public IEnumerable<byte[]> Inputs()
    {
        for (int i = 0; i < Checkpoints.Count; i++)
        {
            byte[] newest = BytesOf(Checkpoints[i]);
            byte[] before = i == 0 ? new byte[Checkpoint.Length] : BytesOf(Checkpoints[i - 1]);
            yield return Input(i % 2 == 0 ? newest : before, i % 2 == 0 ? before : newest, First.Bytes, Second.Bytes);
            yield return Input(new byte[Checkpoint.Length], newest, First.Bytes, Second.Bytes[..(int)(Second.Frames[3].End - Second.Position)]);
        }

        yield return Input(new byte[Checkpoint.Length], new byte[Checkpoint.Length], First.Bytes, default);
        yield return Input(new byte[Checkpoint.Length], new byte[Checkpoint.Length], default, Second.Bytes);
    }

    /// <summary>The state that stands in a place; null when it holds none that was written.</summary>
    public Checkpoint? Find(ReadOnlySpan<byte> place)
    {
        Span<byte> written = stackalloc byte[Checkpoint.Length];
        foreach (Checkpoint state in Checkpoints)
        {
            state.Write(written);
            if (place.SequenceEqual(written))
            {
                return state;
            }
        }

        return null;
    }

    private static byte[] BytesOf(Checkpoint state)
    {
        byte[] bytes = new byte[Checkpoint.Length];
        state.Write(bytes);
        return bytes;
    }

    private static byte[] Input(ReadOnlySpan<byte> firstPlace, ReadOnlySpan<byte> secondPlace, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, first.Length);
        return [.. firstPlace, .. secondPlace, .. length, .. first, .. second];
    }
}
