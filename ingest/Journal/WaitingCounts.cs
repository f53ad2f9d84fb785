using System.Runtime.InteropServices;

namespace Observe.Ingest.Journal;

/// <summary>Counts what is acknowledged and not in the engine, for each sender. Thread-safe.</summary>
internal sealed class WaitingCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Requests, long Records, long Bytes)> _bySender = [];

    public void Add(IEnumerable<WaitingFrame> frames)
    {
        foreach (WaitingFrame frame in frames)
        {
            Add(frame.Sender, frame.Records, frame.Bytes);
        }
    }

    public void Add(string sender, long records, long bytes) => Change(sender, 1, records, bytes);

    public void Remove(string sender, long records, long bytes) => Change(sender, -1, -records, -bytes);

    public IReadOnlyList<(string Sender, long Requests, long Records, long Bytes)> All()
    {
        lock (_lock)
        {
            return [.. _bySender.Where(static entry => entry.Value.Requests != 0)
                .Select(static entry => (entry.Key, entry.Value.Requests, entry.Value.Records, entry.Value.Bytes))];
        }
    }

    private void Change(string sender, long requests, long records, long bytes)
    {
        lock (_lock)
        {
            ref (long Requests, long Records, long Bytes) counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySender, sender, out _);
            counts = (counts.Requests + requests, counts.Records + records, counts.Bytes + bytes);
            if (counts.Requests == 0)
            {
                _bySender.Remove(sender);
            }
        }
    }
}
