namespace Observe.Ingest.Pipeline;

/// <summary>How storing a batch ended.</summary>
internal enum StoreOutcome
{
    /// <summary>All rows are in the engine and the requests have been told.</summary>
    Stored,

    /// <summary>Nothing is stored and the requests have been told.</summary>
    Failed,

    /// <summary>The engine refused the rows and the requests have not been told: each is to be stored by itself.</summary>
    Refused,
}
