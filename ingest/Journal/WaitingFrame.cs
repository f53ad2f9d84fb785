namespace Observe.Ingest.Journal;

/// <summary>A request in the journal whose records are not in the engine.</summary>
internal readonly record struct WaitingFrame(string Sender, int Records, int Bytes);
