using System.Numerics;
using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Fuzz.Samples;
using Observe.Ingest.Journal;

namespace Observe.Fuzz.Targets;

/// <summary>A damaged segment of the journal.</summary>
/// <remarks>
/// A frame whose bytes are as they were written comes out, once and in its order. Nothing else does. Every byte belongs to exactly one item, so
/// that what is damaged can be set aside.
/// </remarks>
internal sealed class JournalTarget : IFuzzTarget
{
    private const long Position = 1_000_000;

    private readonly JournalSample _sample = new(Position, seed: 1);
    private readonly MemoryFile _file = new();
    private readonly SegmentReader _reader;

    public JournalTarget() => _reader = new(_file.Open(), Position, SegmentReader.SeedOf(JournalSample.JournalId));

    public IMutator Mutator { get; } = new JournalMutator(Position);

    public IEnumerable<byte[]> Seeds => _sample.Frames.Select(frame => _sample.Bytes[..(int)(frame.End - Position)].ToArray());

    public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        _file.Set(input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CheckHeader(input);
        uint expected = Intact(input);
        uint returned = ReadWhole(input, feedback);
        Expect.That(returned == expected, $"The whole frames are {expected:b}, but {returned:b} came out.");
        ReadHeaders(input);
        Forget();
        feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        AllocationLimit.Check(feedback.AllocatedBytes, input.Length, 2L * input.Length);

        feedback.Features(returned);
        feedback.Count(0, BitOperations.PopCount(returned));
        if (returned != 0)
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

    private void CheckHeader(ReadOnlySpan<byte> input)
    {
        bool isIntact = input.StartsWith(_sample.Bytes[..SegmentHeader.Length]);
        SegmentHeader? header = SegmentHeader.TryRead(input);
        Expect.That((header is not null) == isIntact, $"The segment's header was taken for {header}.");
        Expect.That(header is null || header == new SegmentHeader(JournalSample.Signal, JournalSample.JournalId, Position), $"The segment's header was read as {header}.");
    }

    /// <summary>The frames whose bytes are as they were written, a bit each.</summary>
    private uint Intact(ReadOnlySpan<byte> input)
    {
        uint intact = 0;
        for (int i = 0; i < _sample.Frames.Count; i++)
        {
            JournalSampleFrame frame = _sample.Frames[i];
            if (frame.End - Position <= input.Length
                && input[(int)(frame.Position - Position)..(int)(frame.End - Position)].SequenceEqual(_sample.BytesOf(frame)))
            {
                intact |= 1u << i;
            }
        }

        return intact;
    }

    private uint ReadWhole(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        long limit = Position + input.Length;
        uint returned = 0;
        int damaged = 0;
        for (long at = Position + SegmentHeader.Length; _reader.Read(at, limit, needsBody: true) is { } item; at = item.End)
        {
            CheckBounds(item, at, limit);
            if (item.IsWhole)
            {
                int index = CheckFrame(item);
                Expect.That(returned >> index == 0, $"Frame {index} came out again or too late.");
                returned |= 1u << index;
            }
            else
            {
                damaged++;
            }
        }

        feedback.Count(1, damaged);
        return returned;
    }

    /// <summary>As recovery reads: without bodies, the frames whose headers are intact.</summary>
    private void ReadHeaders(ReadOnlySpan<byte> input)
    {
        long limit = Position + input.Length;
        for (long at = Position + SegmentHeader.Length; _reader.Read(at, limit, needsBody: false) is { } item; at = item.End)
        {
            CheckBounds(item, at, limit);
            if (item.Header is { } header)
            {
                JournalSampleFrame frame = _sample.Frames[IndexOf(header.Position)];
                Expect.That(_reader.Sender(header) == frame.Sender, $"The frame at {header.Position} came out with the sender {_reader.Sender(header)}.");
            }
        }
    }

    private static void CheckBounds(in SegmentItem item, long at, long limit)
    {
        Expect.That(item.Position == at && item.End > at && item.End <= limit, $"{item} came out at {at} of {limit}.");
        Expect.That(!item.IsWhole || item.Header is not null, $"{item} is whole without a header.");
    }

    /// <summary>Checks that an item is a frame that was written, byte for byte.</summary>
    private int CheckFrame(in SegmentItem item)
    {
        int index = IndexOf(item.Position);
        JournalSampleFrame frame = _sample.Frames[index];
        FrameHeader header = item.Header!.Value;
        Expect.That(item.End == frame.End && header.Kind == frame.Kind && header.Records == 1, $"Frame {index} came out as {item}.");
        Expect.That(_reader.Body(header).SequenceEqual(_sample.BytesOf(frame)[frame.HeadLength..]), $"Frame {index} came out with another body.");
        Expect.That(_reader.Sender(header) == frame.Sender, $"Frame {index} came out with the sender {_reader.Sender(header)}.");
        return index;
    }

    private int IndexOf(long position)
    {
        for (int i = 0; i < _sample.Frames.Count; i++)
        {
            if (_sample.Frames[i].Position == position)
            {
                return i;
            }
        }

        throw new FuzzFailureException($"A frame came out at {position}, where none was written.");
    }

    /// <summary>Makes the reader forget what it read ahead; a new one would allocate its megabyte for each input.</summary>
    private void Forget() => _reader.Read(long.MaxValue / 2, (long.MaxValue / 2) + 1, needsBody: false);
}
