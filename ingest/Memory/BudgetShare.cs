namespace Observe.Ingest.Memory;

/// <summary>
/// The part of the budget that one sender holds: never more than what is free. One sender gets at most half, the next one at most half of
/// what it left, and in the long run all that want more the same: however many hold all that they can, there is room for another.
/// Thread-safe.
/// </summary>
/// <remarks>A. Choudhury and E. Hahne, "Dynamic queue length thresholds for shared-memory packet switches", with a factor of 1.</remarks>
internal sealed class BudgetShare(IngestBudget budget) : IByteBudget
{
    private long _reserved;

    /// <summary>Bytes reserved now.</summary>
    public long Reserved => budget.Read(_reserved);

    public void Reserve(long bytes)
    {
        if (!budget.TryReserve(ref _reserved, bytes))
        {
            throw new IngestException(
                IngestError.Busy,
                "Observe has as many bytes of this sender under way as it can keep beside those of other senders. Send the same data again later.");
        }
    }

    public void Release(long bytes) => budget.Release(ref _reserved, bytes);
}
