using Observe.Ingest.Journal;

namespace Observe.Fuzz.Samples;

/// <summary>A frame of a <see cref="JournalSample"/>.</summary>
/// <param name="Position">Of its first byte in the journal.</param>
/// <param name="End">After its last byte.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsRecognisable">Whether it has a digest.</param>
/// <param name="Digest">Of its body, if it has one.</param>
/// <param name="HeadLength">Bytes before its body.</param>
internal readonly record struct JournalSampleFrame(long Position, long End, string Sender, FrameKind Kind, bool IsRecognisable, UInt128 Digest, int HeadLength);
