using Observe.Query.Search;

namespace Observe.Query.Tail;

/// <summary>What arrived between two polls.</summary>
/// <param name="Position">Where to go on after this batch: the number of the last insert that was looked through.</param>
/// <param name="Records">In order of time within the batch. A record that arrives late is in a later batch than those that happened after it.</param>
/// <param name="Bytes">What the records take, about.</param>
/// <param name="PassedOver">Matching records beyond the rate, or beyond <see cref="TailLimits.BatchBytes"/>.</param>
/// <param name="IsCutBySize">Whether it was the size.</param>
/// <param name="PassedOverSlow">Matching records that found no room because the viewer did not keep up; they lie before this batch.</param>
/// <param name="Notices">What the viewer should know.</param>
/// <param name="Error">Why this time nothing could be looked through; null when it could. What arrived meanwhile is in the next batch.</param>
public sealed record TailBatch(
    long Position, IReadOnlyList<TimedRecord> Records, long Bytes, long PassedOver, bool IsCutBySize, long PassedOverSlow, IReadOnlyList<string> Notices,
    string? Error = null)
{
    /// <summary>A time at which nothing could be looked through.</summary>
    public static TailBatch Failed(long position, string error) => new(position, [], 0, 0, false, 0, [], error);
}
