namespace Observe.Ingest.Journal;

/// <summary>What a frame of the journal holds. The numbers are on disk: they may only be added to.</summary>
/// <remarks>A version that does not know a kind sets its frames aside like damaged ones: it cannot say what they are.</remarks>
internal enum FrameKind : byte
{
    /// <summary>An OTLP export request in protobuf.</summary>
    Request = 1,

    /// <summary>Counts for the ledger that belong to no stored request.</summary>
    LedgerNotes = 2,
}
