using Observe.Bench.Measure;

namespace Observe.Bench.Load;

/// <summary>What one connection, or all of them, has done.</summary>
internal sealed class LoadCounts
{
    public long Acknowledged { get; set; }

    /// <summary>Refused by partial successes.</summary>
    public long Rejected { get; set; }

    /// <summary>Given up.</summary>
    public long Failed { get; set; }

    public long Requests { get; set; }

    public long Retries { get; set; }

    /// <summary>Of the requests before compression, repeated ones not counted again.</summary>
    public long Bytes { get; set; }

    /// <summary>From the first attempt to the acknowledgement.</summary>
    public Latencies Acknowledgements { get; } = new();

    /// <summary>How much later than a given rate demands a request began: a server that stalls shows here.</summary>
    public Latencies Lateness { get; } = new();

    /// <summary>What servers said about failures and rejections, each once, and how often.</summary>
    public Dictionary<string, int> Messages { get; } = [];

    public void Say(string message)
    {
        if (message.Length > 0 && (Messages.Count < 20 || Messages.ContainsKey(message)))
        {
            Messages[message] = Messages.GetValueOrDefault(message) + 1;
        }
    }

    public void AddAll(LoadCounts other)
    {
        Acknowledged += other.Acknowledged;
        Rejected += other.Rejected;
        Failed += other.Failed;
        Requests += other.Requests;
        Retries += other.Retries;
        Bytes += other.Bytes;
        Acknowledgements.AddAll(other.Acknowledgements);
        Lateness.AddAll(other.Lateness);
        foreach ((string message, int times) in other.Messages)
        {
            Messages[message] = Messages.GetValueOrDefault(message) + times;
        }
    }
}
