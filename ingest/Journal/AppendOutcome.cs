namespace Observe.Ingest.Journal;

/// <summary>What became of a request that was to be appended.</summary>
/// <param name="FirstReceivedAt">When the same bytes were received before, Unix nanoseconds; null when they were not and are in the journal now.</param>
/// <param name="Failure">Why it is not in the journal; null when it is.</param>
internal readonly record struct AppendOutcome(long? FirstReceivedAt, IngestFailure? Failure)
{
    public static AppendOutcome Appended => default;
}
