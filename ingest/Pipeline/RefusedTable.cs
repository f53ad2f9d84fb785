using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>A table of a batch whose rows the engine does not take, although it takes others.</summary>
/// <param name="Index">Among the batch's tables; those before it are stored.</param>
/// <param name="Reason">What the engine said; null when it said it to the process before.</param>
internal sealed record RefusedTable(int Index, StorageException? Reason);
