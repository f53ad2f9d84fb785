using Observe.Storage.Results;

namespace Observe.Storage.Engine.Embedded;

/// <summary>One fetch of a running query.</summary>
/// <param name="AtEnd">The query is finished; there are no blocks.</param>
internal readonly record struct FetchedBlocks(bool AtEnd, IEnumerable<ResultBlock> Blocks, ulong RowsRead, ulong BytesRead);
