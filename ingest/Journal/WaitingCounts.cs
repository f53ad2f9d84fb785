using System.Runtime.InteropServices;
using System.Text;

namespace Observe.Ingest.Journal;

/// <summary>Counts what is acknowledged and not in the engine, for each sender. Thread-safe.</summary>
internal sealed class WaitingCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Requests, long Records, long Bytes)> _bySender = [];

    public void Add(string sender, long records, long bytes) => Change(sender, 1, records, bytes);

    /// <summary>The same, with the sender as a frame has it: a start reads millions of frames of a few senders.</summary>
    public void Add(ReadOnlySpan<byte> senderUtf8, long records, long bytes)
    {
        Span<char> sender = stackalloc char[FrameHeader.MaxSenderLength];
        Change(sender[..Encoding.UTF8.GetChars(senderUtf8, sender)], 1, records, bytes);
    }

    public void Remove(string sender, long records, long bytes) => Change(sender, -1, -records, -bytes);

    public IReadOnlyList<(string Sender, long Requests, long Records, long Bytes)> All()
    {
        lock (_lock)
        {
            return [.. _bySender.Where(static entry => entry.Value.Requests != 0)
                .Select(static entry => (entry.Key, entry.Value.Requests, entry.Value.Records, entry.Value.Bytes))];
        }
    }

    /// <summary>Everything together.</summary>
    public (long Requests, long Records) Total()
    {
        lock (_lock)
        {
            return (_bySender.Values.Sum(static counts => counts.Requests), _bySender.Values.Sum(static counts => counts.Records));
        }
    }

    private void Change(ReadOnlySpan<char> sender, long requests, long records, long bytes)
    {
        lock (_lock)
        {
            Dictionary<string, (long, long, long)>.AlternateLookup<ReadOnlySpan<char>> bySender = _bySender.GetAlternateLookup<ReadOnlySpan<char>>();
            ref (long Requests, long Records, long Bytes) counts = ref CollectionsMarshal.GetValueRefOrAddDefault(bySender, sender, out _);
            counts = (counts.Requests + requests, counts.Records + records, counts.Bytes + bytes);
            if (counts.Requests == 0)
            {
                bySender.Remove(sender);
            }
        }
    }
}
