using Observe.Ingest.Journal;

namespace Observe.Ingest.Pipeline;

/// <summary>A request of the journal that a batch stands for, whether its rows are in the batch or it was set aside.</summary>
/// <param name="Header">As it stands in the journal.</param>
/// <param name="Sender">The sender's key.</param>
/// <param name="End">Where it ends in the journal; less than the header claims where it is damaged.</param>
internal readonly record struct BatchEntry(FrameHeader Header, string Sender, long End);
