namespace Observe.Ingest.Memory;

/// <summary>Memory that is asked for before it is taken. Thread-safe.</summary>
internal interface IByteBudget
{
    /// <exception cref="IngestException">There is no room: <see cref="IngestError.Busy"/>.</exception>
    void Reserve(long bytes);

    void Release(long bytes);
}
