namespace Observe.Ingest.Journal;

/// <summary>What a frame of the journal holds. The numbers are on disk: they may only be added to.</summary>
internal enum FrameKind : byte
{
    /// <summary>An OTLP export request in protobuf.</summary>
    Request = 1,

    /// <summary>Counts for the ledger that belong to no stored request.</summary>
    LedgerNotes = 2,
}
