using System.Collections.Concurrent;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Ledger;

/// <summary>Counts the requests that were recognised as sent before, and not stored again. Thread-safe.</summary>
internal sealed class ResentCounts
{
    private readonly ConcurrentDictionary<(OtlpSignal Signal, string Sender), (long Requests, long Records, long Bytes)> _counts = new();

    public void Add(OtlpSignal signal, string sender, long requests, long records, long bytes) => _counts.AddOrUpdate(
        (signal, sender),
        static (_, more) => more,
        static (_, counts, more) => (counts.Requests + more.Requests, counts.Records + more.Records, counts.Bytes + more.Bytes),
        (Requests: requests, Records: records, Bytes: bytes));

    /// <summary>Takes the counts since the last call.</summary>
    public IReadOnlyList<((OtlpSignal Signal, string Sender) Key, (long Requests, long Records, long Bytes) Counts)> Drain()
    {
        var drained = new List<((OtlpSignal, string), (long, long, long))>();
        foreach ((OtlpSignal, string) key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out (long, long, long) counts))
            {
                drained.Add((key, counts));
            }
        }

        return drained;
    }
}
