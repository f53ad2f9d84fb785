using System.Collections.Concurrent;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Ledger;

/// <summary>
/// Counts the requests that senders were told to send again or to mend: nothing of them was stored, so nothing but these counts says that
/// they came. Thread-safe.
/// </summary>
internal sealed class RefusalCounts
{
    /// <summary>
    /// Senders that are told apart between two drains. More than that are an attack or a misconfigured network, and count together.
    /// </summary>
    private const int MaxKeys = 10_000;

    private const string OtherSenders = "(other)";

    private readonly ConcurrentDictionary<Refusal, long> _counts = new();

    /// <summary>Counts requests.</summary>
    /// <param name="signal">What its address says it holds; null where the address says nothing.</param>
    /// <param name="sender">The sender's key.</param>
    /// <param name="error">Why.</param>
    /// <param name="requests">How many.</param>
    public void Add(OtlpSignal? signal, string sender, IngestError error, long requests = 1)
    {
        var refusal = new Refusal(signal, sender, error);
        if (_counts.Count >= MaxKeys && !_counts.ContainsKey(refusal))
        {
            refusal = refusal with { Sender = OtherSenders };
        }

        _counts.AddOrUpdate(refusal, static (_, more) => more, static (_, count, more) => count + more, requests);
    }

    /// <summary>Takes the counts since the last call.</summary>
    public IReadOnlyList<KeyValuePair<Refusal, long>> Drain()
    {
        var drained = new List<KeyValuePair<Refusal, long>>();
        foreach (Refusal refusal in _counts.Keys)
        {
            if (_counts.TryRemove(refusal, out long count))
            {
                drained.Add(new(refusal, count));
            }
        }

        return drained;
    }
}
