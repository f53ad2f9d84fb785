namespace Observe.Ingest.Journal;

/// <summary>Configuration section <c>Observe:Ingest:Journal</c>.</summary>
public sealed class JournalOptions
{
    public const string Section = IngestOptions.Section + ":Journal";

    /// <summary>Where the journal lies. Empty: <c>journal</c> in the data directory. A disk of its own keeps it apart from merges.</summary>
    public string Directory { get; set; } = "";

    public JournalSync Sync { get; set; } = JournalSync.EachCommit;

    /// <summary>With <see cref="JournalSync.Interval"/>: how much time of acknowledged records a power failure may cost.</summary>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes after which a segment is closed and the next begun. Stored segments are deleted whole, so this much stays on disk for each
    /// signal; smaller ones only mean more files while the engine is away.
    /// </summary>
    public long SegmentBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes that the journals of all signals may take together. Beyond it senders are told to keep their data: 10 GiB hold an outage of
    /// the engine of about a minute at full load, of hours at the load of most systems.
    /// </summary>
    public long MaxBytes { get; set; } = 10L << 30;

    /// <summary>
    /// How long a request is remembered, so that it is not stored again when its sender did not see the acknowledgement. Collectors give up
    /// after five minutes.
    /// </summary>
    public TimeSpan ResendWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Requests of a signal that are remembered at most, about 80 bytes each: when more come within the window, the oldest are forgotten
    /// first.
    /// </summary>
    public int ResendWindowRequests { get; set; } = 500_000;
}
