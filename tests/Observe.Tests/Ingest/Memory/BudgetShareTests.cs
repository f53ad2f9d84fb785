using Observe.Ingest;
using Observe.Ingest.Memory;

namespace Observe.Tests.Ingest.Memory;

public sealed class BudgetShareTests
{
    private readonly IngestBudget _budget = new(1000);

    [Fact]
    public void Reserve_OneSender_GetsHalf()
    {
        var share = new BudgetShare(_budget);

        share.Reserve(500);

        Assert.Equal(IngestError.Busy, Assert.Throws<IngestException>(() => share.Reserve(1)).Failure.Error);
        Assert.Equal(500, share.Reserved);
        Assert.Equal(500, _budget.Reserved);
    }

    [Fact]
    public void Reserve_HoweverManyTakeAllTheyCan_LeavesRoomForTheNext()
    {
        for (int senders = 1; senders <= 9; senders++)
        {
            var share = new BudgetShare(_budget);
            Fill(share);

            Assert.True(share.Reserved > 0, $"Sender {senders} gets nothing.");
            Assert.True(_budget.Reserved < 1000);
        }
    }

    [Fact]
    public void Reserve_OthersGiveBack_RoomGrowsAgain()
    {
        var first = new BudgetShare(_budget);
        var second = new BudgetShare(_budget);
        first.Reserve(500);
        Fill(second);
        Assert.Equal(250, second.Reserved);

        first.Release(500);
        Fill(second);

        Assert.Equal(500, second.Reserved);
    }

    [Fact]
    public void Release_All_LeavesNothing()
    {
        var share = new BudgetShare(_budget);
        share.Reserve(300);
        share.Release(300);

        Assert.Equal(0, share.Reserved);
        Assert.Equal(0, _budget.Reserved);
    }

    [Fact]
    public void Reserve_FromManyThreads_NeverExceedsHalfAndCountsRight()
    {
        var share = new BudgetShare(_budget);
        int tooMuch = 0;

        Parallel.For(0, 10_000, i =>
        {
            try
            {
                share.Reserve(1 + (i % 300));
            }
            catch (IngestException)
            {
                return;
            }

            if (share.Reserved > 500)
            {
                Interlocked.Increment(ref tooMuch);
            }

            share.Release(1 + (i % 300));
        });

        Assert.Equal(0, tooMuch);
        Assert.Equal(0, share.Reserved);
        Assert.Equal(0, _budget.Reserved);
    }

    private static void Fill(BudgetShare share)
    {
        for (int step = 512; step > 0; step /= 2)
        {
            try
            {
                share.Reserve(step);
            }
            catch (IngestException)
            {
            }
        }
    }
}
