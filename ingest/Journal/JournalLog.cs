using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Journal;

/// <summary>Log messages of the journal: event ids 2100 to 2149. What senders sent is never in them.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(2100, LogLevel.Information, "The journal of {Signal} holds {Requests} requests with {Records} records that are not stored yet; they are being stored now.")]
    public static partial void Replaying(ILogger logger, OtlpSignal signal, long requests, long records);

    [LoggerMessage(2101, LogLevel.Warning, "Cut {Bytes} bytes off the end of {Path}: a request whose writing was interrupted. It was not acknowledged, its sender has it.")]
    public static partial void TornTailCut(ILogger logger, long bytes, string path);

    [LoggerMessage(2102, LogLevel.Error, "{Bytes} bytes of {Segment} at position {Position} are damaged. They were set aside in {File}; what follows them is stored. Check the disk.")]
    public static partial void DamageSetAside(ILogger logger, long bytes, string segment, long position, string file);

    [LoggerMessage(2103, LogLevel.Error, "The journal of {Signal} cannot be written: {Reason} Senders are told to keep their data; writing is tried again every second.")]
    public static partial void WriteFailed(ILogger logger, OtlpSignal signal, string reason, Exception exception);

    [LoggerMessage(2104, LogLevel.Information, "The journal of {Signal} can be written again.")]
    public static partial void WriteRecovered(ILogger logger, OtlpSignal signal);

    [LoggerMessage(2105, LogLevel.Error, "The checkpoint in {Directory} is missing or damaged. All that is in the journal is stored again from its beginning: records may be there twice, none is lost.")]
    public static partial void CheckpointDamaged(ILogger logger, string directory);

    [LoggerMessage(2106, LogLevel.Error, "The journal in {Directory} lacks {Bytes} bytes before position {Position}: a file is missing. What it held and was not stored is lost.")]
    public static partial void Gap(ILogger logger, string directory, long bytes, long position);

    [LoggerMessage(2107, LogLevel.Error, "{Path} is not a segment of the journal, or its header is damaged and nothing in it can be read without it. It was set aside as {File}.")]
    public static partial void SegmentSetAside(ILogger logger, string path, string file);

    [LoggerMessage(2108, LogLevel.Warning, "A stored segment of the journal, {Path}, could not be deleted; it is tried again after the next start.")]
    public static partial void DeleteFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(2109, LogLevel.Warning,
        "The journal of {Signal} takes {Bytes} bytes, those of all signals {Used}; {Setting} is {MaxBytes}, of which one signal takes two thirds. Its senders are told to keep their data until the engine has stored some.")]
    public static partial void Full(ILogger logger, OtlpSignal signal, long bytes, long used, string setting, long maxBytes);

    [LoggerMessage(2111, LogLevel.Warning, "The header of {Path}, a segment of the journal, is damaged. Its requests are read all the same, each by its own checksum. Check the disk.")]
    public static partial void HeaderDamaged(ILogger logger, string path);

    [LoggerMessage(2112, LogLevel.Error, "{Bytes} bytes of the journal of {Signal} at position {Position} are of kind {Kind}, which this version of Observe does not know. They were set aside in {File}; what follows them is stored. If a newer version wrote them, let that version store what waits before an older one is started.")]
    public static partial void KindUnknown(ILogger logger, long bytes, OtlpSignal signal, long position, int kind, string file);

    [LoggerMessage(2113, LogLevel.Error, "{Path} was renamed or copied: by its header it is the segment of position {Position}. It was set aside as {File}. If it is no copy, its requests are not stored; the journal's README says how to store them from there.")]
    public static partial void SegmentMisnamed(ILogger logger, string path, long position, string file);

    [LoggerMessage(2110, LogLevel.Warning, "What was not acknowledged could not be cut off the end of {Path}; it is never read.")]
    public static partial void CutFailed(ILogger logger, string path, Exception exception);
}
