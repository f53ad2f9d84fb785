using Observe.Ingest.Memory;

namespace Observe.Ingest.Senders;

/// <summary>Somebody who sends, told apart from others so that nobody takes their place. Made and forgotten by <see cref="SenderRegistry"/>.</summary>
internal sealed class Sender(string key, BudgetShare memory, SenderRateLimit rate, long seenAt)
{
    /// <summary>The address that it sends from.</summary>
    public string Key => key;

    /// <summary>The memory of its requests.</summary>
    public BudgetShare Memory => memory;

    /// <summary>How much it may send.</summary>
    public SenderRateLimit Rate => rate;

    /// <summary>Connections that are open. Only the registry changes it, under its lock.</summary>
    internal int Connections { get; set; }

    /// <summary>When it was last connected, as a timestamp of the <see cref="TimeProvider"/>.</summary>
    internal long SeenAt { get; set; } = seenAt;

    /// <summary>Whether forgetting it changes nothing: nothing is under way, and its rate limit has nothing to remember.</summary>
    internal bool CanBeForgotten => Connections == 0 && memory.Reserved == 0 && rate.IsFull;
}
