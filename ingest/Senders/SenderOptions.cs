namespace Observe.Ingest.Senders;

/// <summary>Configuration section <c>Observe:Ingest:Senders</c>: what one sender may take. A sender is an IP address.</summary>
public sealed class SenderOptions
{
    /// <summary>
    /// Bytes per second of one sender, after decompression, because that is what costs; 0 does not limit. Off by default: what a
    /// sender should not exceed is known to whoever runs it, and memory and connections are shared out without it.
    /// </summary>
    public long BytesPerSecond { get; set; }

    /// <summary>Requests per second of one sender; 0 does not limit. For senders that do not batch: each request costs an answer and a wait for the disk.</summary>
    public int RequestsPerSecond { get; set; }

    /// <summary>
    /// A sender that was quiet may send at once what the limits allow in this time. Exporters are quiet between two batches: metrics
    /// come every 10 to 60 seconds.
    /// </summary>
    public TimeSpan Burst { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Senders that are told apart at a time; further ones share one limit. Half a kilobyte each, and more hosts than one server receives
    /// from without collectors between.
    /// </summary>
    public int MaxSenders { get; set; } = 10_000;
}
