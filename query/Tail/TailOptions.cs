namespace Observe.Query.Tail;

/// <summary>What watching records as they arrive may take. Configuration section <c>Observe:Tail</c>.</summary>
public sealed class TailOptions
{
    public const string Section = "Observe:Tail";

    /// <summary>Viewers at a time, over HTTP and in pages. Each holds a connection and a few hundred records.</summary>
    public int MaxViewers { get; set; } = 100;

    /// <summary>How often the engine is asked for what arrived. Ingest stores at most five times a second, so asking more often finds nothing more.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Records a second that one viewer may ask for.</summary>
    public int MaxRate { get; set; } = 1000;

    /// <summary>How often something is sent although nothing arrived, so that proxies keep the connection and a broken one is noticed.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one write may wait for a viewer that does not read; then its connection is closed.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
