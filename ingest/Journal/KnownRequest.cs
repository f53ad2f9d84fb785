namespace Observe.Ingest.Journal;

/// <summary>A request that was acknowledged.</summary>
/// <param name="Digest">Of its bytes.</param>
/// <param name="ReceivedAt">Unix nanoseconds.</param>
/// <param name="Position">Where it stands in the journal.</param>
internal readonly record struct KnownRequest(UInt128 Digest, long ReceivedAt, long Position);
