using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Logging.Abstractions;
using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Fuzz.Samples;
using Observe.Ingest.Journal;

namespace Observe.Fuzz.Targets;

/// <summary>A start with a damaged directory of the journal: checkpoint, two segments.</summary>
/// <remarks>
/// Recovery ends, every frame comes out whose bytes are as they were written and that the checkpoint does not call stored, once and in its
/// order, and no other. What was cut off or set aside holds no such frame, unless its whole file could not be told from rubbish. Starting
/// once more finds the same.
/// </remarks>
internal sealed class JournalStartTarget : IFuzzTarget
{
    private const string Folder = "/journal";
    private const int CheckpointPlaceLength = 4096;

    private static readonly TimeSpan Window = TimeSpan.FromDays(36_500);

    private readonly JournalDirectorySample _sample = new();
    private readonly MemoryFiles _files = new();
    private readonly MemoryFile _checkpointFile = new();
    private readonly MemoryFile _firstFile = new();
    private readonly MemoryFile _secondFile = new();
    private readonly string _firstPath;
    private readonly string _secondPath;

    public JournalStartTarget()
    {
        _firstPath = Segment.PathOf(Folder, _sample.First.Position);
        _secondPath = Segment.PathOf(Folder, _sample.Second.Position);
    }

    public IMutator Mutator { get; } = new JournalMutator(position: 0);

    public IEnumerable<byte[]> Seeds => _sample.Inputs();

    public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        (long? committed, SegmentState first, SegmentState second) = Prepare(input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        uint waiting = Start(committed, first, second, isFirst: true);
        uint again = Start(committed, first, second, isFirst: false);
        feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Expect.That(again == waiting, $"The second start finds {again:b}, the first found {waiting:b}.");
        feedback.Features(waiting);
        feedback.Count(0, BitOperations.PopCount(waiting));
        feedback.Count(1, (first.HasHeader ? 1 : 0) + (second.HasHeader ? 2 : 0) + (committed is null ? 4 : 0) + (first.IsRead ? 8 : 0) + (second.IsRead ? 16 : 0));
        if (waiting != 0)
        {
            feedback.Accepted();
        }
    }

    public void Flush()
    {
    }

    public void Reset()
    {
    }

    /// <summary>Lays out the files, and finds out what of them is as it was written.</summary>
    private (long? Committed, SegmentState First, SegmentState Second) Prepare(ReadOnlySpan<byte> input)
    {
        Span<byte> head = stackalloc byte[JournalDirectorySample.HeadLength];
        head.Clear();
        input[..Math.Min(input.Length, head.Length)].CopyTo(head);
        ReadOnlySpan<byte> segments = input[Math.Min(input.Length, head.Length)..];
        int length = Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(head[(2 * Checkpoint.Length)..]), 0, segments.Length);

        _files.Clear();
        _checkpointFile.Set(head[..Checkpoint.Length]);
        using (Ingest.Journal.Files.IJournalFile file = _checkpointFile.Open())
        {
            file.Write([head.Slice(Checkpoint.Length, Checkpoint.Length).ToArray()], CheckpointPlaceLength);
        }

        _files.Put(Path.Combine(Folder, "checkpoint"), _checkpointFile);
        Checkpoint? one = _sample.Find(head[..Checkpoint.Length]);
        Checkpoint? other = _sample.Find(head.Slice(Checkpoint.Length, Checkpoint.Length));
        Checkpoint? newest = one is null || other?.Number > one.Value.Number ? other : one;
        SegmentState first = Put(_firstPath, _firstFile, segments[..length], _sample.First, newest is not null);
        SegmentState second = Put(_secondPath, _secondFile, segments[length..], _sample.Second, newest is not null);
        if (second.IsRead)
        {
            // A segment ends where the next begins, whatever stands in its file behind that.
            first = first.Without(_sample.FramesOfSecond);
        }

        return (newest?.Committed, first, second);
    }

    private SegmentState Put(string path, MemoryFile file, ReadOnlySpan<byte> content, JournalSample sample, bool hasCheckpoint)
    {
        file.Set(content);
        _files.Put(path, file);
        return SegmentState.Of(content, sample, _sample, hasCheckpoint);
    }

    /// <summary>Starts as the program does, and reads all that waits.</summary>
    /// <returns>The frames that came out, a bit each.</returns>
    private uint Start(long? committed, SegmentState first, SegmentState second, bool isFirst)
    {
        var window = new ResendWindow(Window, maxRequests: 100);
        (Checkpoint? checkpoint, RecoveredJournal recovered) = Recover(window);
        Expect.That(checkpoint?.Committed == committed, $"The checkpoint was read as {checkpoint}; it says {committed}.");

        long start = committed ?? (first.HasHeader ? _sample.First.Position : second.HasHeader ? _sample.Second.Position : 0);
        Expect.That(recovered.Committed == start, $"Everything before {recovered.Committed} is taken for stored; it is {start}.");
        uint expected = (first.Intact | second.Intact) & FramesFrom(start);
        uint known = first.Heads | second.Heads;
        if (first.IsRead || second.IsRead)
        {
            uint found = Read(recovered);
            Expect.That(found == expected, $"The whole frames that wait are {expected:b}, but {found:b} came out.");
        }

        long waiting = recovered.Waiting.Total().Requests;
        Expect.That(
            waiting >= CountRequests(expected) && waiting <= CountRequests(known),
            $"{waiting} requests wait; {CountRequests(expected)} are whole, {CountRequests(known)} have a header.");
        CheckWindow(window, first.Intact | second.Intact, known, recovered.JournalId);
        if (isFirst)
        {
            CheckSetAside(_firstPath, _firstFile, first);
            CheckSetAside(_secondPath, _secondFile, second);
        }

        return expected;
    }

    private (Checkpoint? Checkpoint, RecoveredJournal Recovered) Recover(ResendWindow window)
    {
        using CheckpointFile checkpoint = CheckpointFile.Open(_files, Folder, isSynced: false);
        var recovery = new JournalRecovery(JournalSample.Signal, Folder, _files, NullLogger.Instance);
        return (checkpoint.Current, recovery.Recover(checkpoint.Current, window));
    }

    private uint Read(RecoveredJournal recovered)
    {
        using var segments = new SegmentList(recovered.Segments);
        var cursor = new JournalCursor(segments, SegmentReader.SeedOf(recovered.JournalId), recovered.Committed);
        uint found = 0;
        long at = recovered.Committed;
        while (cursor.Read() is { } item)
        {
            Expect.That(item.Position >= at && item.End > item.Position && cursor.Position == item.End, $"{item} came out at {at}.");
            at = item.End;
            if (item.IsWhole)
            {
                int index = IndexOf(item.Position);
                JournalSampleFrame frame = FrameAt(index);
                Expect.That(item.End == frame.End && cursor.Sender(item.Header!.Value) == frame.Sender, $"Frame {index} came out as {item}.");
                Expect.That(found >> index == 0, $"Frame {index} came out again or too late.");
                found |= 1u << index;
            }
        }

        Expect.That(at <= recovered.End, $"The journal was read to {at}, but ends at {recovered.End}.");
        return found;
    }

    /// <summary>Requests that are whole are recognised when they are sent again; what has no header is not.</summary>
    private void CheckWindow(ResendWindow window, uint intact, uint known, Guid journalId)
    {
        if (journalId != JournalSample.JournalId)
        {
            return;
        }

        for (int index = 0; index < _sample.FrameCount; index++)
        {
            JournalSampleFrame frame = FrameAt(index);
            bool isFound = window.TryFind(frame.Digest, JournalSample.ReceivedAt, out _);
            Expect.That(isFound || !frame.IsRecognisable || (intact >> index & 1) == 0, $"Request {index} is whole, but would be stored again.");
            Expect.That(!isFound || (known >> index & 1) != 0, $"Request {index} has no header, but would not be stored again.");
        }
    }

    /// <summary>A segment that is not read is kept as it was found, unless there is nothing in it.</summary>
    private void CheckSetAside(string path, MemoryFile file, SegmentState state)
    {
        Expect.That(_files.Exists(path) == state.IsRead, $"{path} is {(state.IsRead ? "gone" : "still there")}.");
        if (!state.IsRead && file.Span.ContainsAnyExcept((byte)0))
        {
            bool isKept = false;
            foreach ((string other, MemoryFile kept) in _files.All)
            {
                isKept |= other.Contains("quarantine", StringComparison.Ordinal) && kept.Span.SequenceEqual(file.Span);
            }

            Expect.That(isKept, $"{path} was deleted, and its content is not in the quarantine.");
        }
    }

    private int CountRequests(uint frames)
    {
        int count = 0;
        for (int index = 0; index < _sample.FrameCount; index++)
        {
            count += (frames >> index & 1) != 0 && FrameAt(index).Kind == FrameKind.Request ? 1 : 0;
        }

        return count;
    }

    private JournalSampleFrame FrameAt(int index)
    {
        _sample.Frame(index, out JournalSampleFrame frame);
        return frame;
    }

    private uint FramesFrom(long position)
    {
        uint frames = 0;
        for (int index = 0; index < _sample.FrameCount; index++)
        {
            frames |= FrameAt(index).Position >= position ? 1u << index : 0;
        }

        return frames;
    }

    private int IndexOf(long position)
    {
        for (int index = 0; index < _sample.FrameCount; index++)
        {
            if (FrameAt(index).Position == position)
            {
                return index;
            }
        }

        throw new FuzzFailureException(string.Create(CultureInfo.InvariantCulture, $"A frame came out at {position}, where none was written."));
    }
}
