using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

/// <summary>A whole result.</summary>
/// <param name="Blocks">Those that have rows. They are shared: nothing changes them.</param>
/// <param name="Statistics">What reading it cost, whenever that was.</param>
public sealed record Answer(IReadOnlyList<ResultBlock> Blocks, QueryStatistics Statistics)
{
    /// <summary>Whether it was kept from before.</summary>
    public bool IsKept { get; init; }

    internal long ByteCount => Blocks.Sum(block => (long)block.ByteCount);
}
