using Observe.Ingest;
using Observe.Ingest.Memory;

namespace Observe.Tests.Ingest.Memory;

public sealed class PooledBufferTests
{
    private const int Largest = 64 << 20;

    [Fact]
    public void Append_GrowsAndGivesBackEverything()
    {
        var budget = new BudgetShare(new IngestBudget(2 * Largest));
        using (var buffer = new PooledBuffer(budget, Largest))
        {
            byte[] piece = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];
            for (int i = 0; i < 1000; i++)
            {
                buffer.Append(piece);
                Assert.True(budget.Reserved >= buffer.Length);
            }

            Assert.Equal(10_000_000, buffer.Length);
            Assert.True(buffer.Span[9_990_000..].SequenceEqual(piece));
        }

        Assert.Equal(0, budget.Reserved);
    }

    [Fact]
    public void Reserve_BudgetRefuses_TakesNoMemoryAndKeepsTheContent()
    {
        var budget = new RefusingBudget();
        using var buffer = new PooledBuffer(budget, Largest);
        buffer.Append([1, 2, 3]);
        budget.IsRefusing = true;
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<IngestException>(() => buffer.Reserve(32 << 20));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal([1, 2, 3], buffer.Span.ToArray());
        buffer.Dispose();
        Assert.Equal(0, budget.Reserved);
    }

    [Fact]
    public void Append_BeyondTheLimit_IsTooLargeBeforeMemoryIsTaken()
    {
        var budget = new BudgetShare(new IngestBudget(2 * Largest));
        using var buffer = new PooledBuffer(budget, 1000);
        buffer.Append(new byte[1000]);
        long reserved = budget.Reserved;

        var e = Assert.Throws<IngestException>(() => buffer.Append([1]));

        Assert.Equal(IngestError.TooLarge, e.Failure.Error);
        Assert.Equal(reserved, budget.Reserved);
    }

    /// <summary>Beyond a few megabytes the memory is not the collector's, and goes back at once.</summary>
    [Fact]
    public void LargeBuffer_IsNoGarbage()
    {
        var budget = new BudgetShare(new IngestBudget(2 * Largest));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new PooledBuffer(budget, Largest);

        buffer.Reserve(20 << 20);
        buffer.Append([1, 2, 3]);
        ReadOnlyMemory<byte> content = buffer.Memory;

        Assert.Equal([1, 2, 3], content.ToArray());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => content.ToArray());
    }

    private sealed class RefusingBudget : IByteBudget
    {
        public bool IsRefusing { get; set; }

        public long Reserved { get; private set; }

        public void Reserve(long bytes) => Reserved += IsRefusing ? throw new IngestException(IngestError.Busy, "no") : bytes;

        public void Release(long bytes) => Reserved -= bytes;
    }
}
