using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>A file that a start found under the name of a segment.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="File">Opened.</param>
/// <param name="Header">What it says it is; null when the header is damaged, or the file no segment.</param>
internal sealed record SegmentFile(string Path, IJournalFile File, SegmentHeader? Header);
