namespace Observe.Ingest.Receivers;

/// <summary>
/// Configuration section <c>Observe:Ingest:Connections</c>: what connections may take, and how slow they may be. The limits of numbers are
/// those of both addresses together.
/// </summary>
public sealed class ConnectionOptions
{
    /// <summary>
    /// Connections that are open at a time; a further one is closed at once, and its sender tries again. An exporter keeps one, so this is
    /// the number of processes that send directly. One that rests takes some tens of kilobytes.
    /// </summary>
    public int MaxConnections { get; set; } = 4096;

    /// <summary>Connections of one address, so that one that opens and forgets them leaves room for others. Also that of all who are behind one proxy.</summary>
    public int MaxConnectionsPerSender { get; set; } = 2048;

    /// <summary>Calls at a time on one gRPC connection. Clients queue further ones themselves; collectors use ten by default.</summary>
    public int MaxStreamsPerConnection { get; set; } = 100;

    /// <summary>A connection must send the headers of a request within this time, else it is closed (HTTP/1.1: with 408): they are one packet.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Bytes per second that a body must arrive with on average, because it holds memory until it is complete; 0 does not limit. The
    /// slowest modem is faster; who is slower gets 503 or UNAVAILABLE and may try again.
    /// </summary>
    public int MinBodyBytesPerSecond { get; set; } = 1000;

    /// <summary>How long a body may be slower: a lost packet or a paused process costs seconds.</summary>
    public TimeSpan SlowBodyGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection without requests is closed after this time. Twice the longest usual interval between exports, a minute, so that
    /// exporters keep their connection.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A gRPC connection on which nothing came for this long is sent a ping: networks forget connections without a word, and a call on
    /// one would hold its memory for ever.
    /// </summary>
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Without an answer to the ping within this time the connection is closed.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Bytes that a gRPC call may send before they are acknowledged: with 20 ms between sender and server, 2 MiB allow 100 MB/s.
    /// HTTP/2's own 64 KiB would allow 3 MB/s.
    /// </summary>
    public int StreamWindowBytes { get; set; } = 2 << 20;

    /// <summary>The same for all calls of a connection together: two at full speed.</summary>
    public int ConnectionWindowBytes { get; set; } = 4 << 20;
}
