namespace Observe.Tests.Ingest.Journal;

/// <summary>What the journal asks of the disk.</summary>
internal enum FileCall
{
    Open,
    Write,
    SetLength,
    Sync,
    SyncDirectory,
    Delete,
}
