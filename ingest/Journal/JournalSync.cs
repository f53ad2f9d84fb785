namespace Observe.Ingest.Journal;

/// <summary>When the journal asks the disk to keep what was written.</summary>
public enum JournalSync
{
    /// <summary>Before each acknowledgement, once for all requests that wait: what was acknowledged survives a power failure.</summary>
    EachCommit,

    /// <summary>Every <see cref="JournalOptions.SyncInterval"/>: acknowledged records survive the end of the process; a power failure may cost the last interval.</summary>
    Interval,

    /// <summary>When the operating system does: acknowledged records survive the end of the process, not of the machine.</summary>
    Never,
}
