using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>How storing a batch ended.</summary>
/// <param name="IsStored">All rows are in the engine.</param>
/// <param name="Refusal">Set when the engine refused the rows and the requests have not been told: each is to be stored by itself.</param>
internal readonly record struct StoreOutcome(bool IsStored, StorageException? Refusal)
{
    public static StoreOutcome Stored => new(true, null);

    /// <summary>Nothing is stored and the requests have been told.</summary>
    public static StoreOutcome Failed => new(false, null);
}
