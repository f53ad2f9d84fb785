using Observe.Ingest.Cardinality;

namespace Observe.Tests.Ingest.Cardinality;

public sealed class SeriesMemoryTests
{
    [Fact]
    public void TryTake_Names_LeavesTheOtherHalfToHashes()
    {
        var memory = new SeriesMemory(1_000);

        Assert.True(memory.Names.TryTake(500));
        Assert.False(memory.Names.TryTake(1));
        Assert.True(memory.Whole.TryTake(500));
        Assert.False(memory.Whole.TryTake(1));

        memory.Names.Return(200);
        Assert.Equal((300, 800), (memory.Names.Used, memory.Whole.Used));
        Assert.True(memory.Whole.TryTake(200));
        Assert.False(memory.Names.TryTake(1)); // of names there is less than half, and yet nothing is left
        Assert.Equal((300, 1_000), (memory.Names.Used, memory.Whole.Used));
    }

    [Fact]
    public void TryTake_MuchThatFailsBesides_FailsNoLittle()
    {
        var share = new MemoryShare(1_000);
        using var stop = new CancellationTokenSource();
        var greedy = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.False(share.TryTake(2_000));
            }
        });
        greedy.Start();
        int failed = 0;
        for (int i = 0; i < 2_000_000; i++)
        {
            if (share.TryTake(10))
            {
                share.Return(10);
            }
            else
            {
                failed++;
            }
        }

        stop.Cancel();
        greedy.Join();
        Assert.Equal((0, 0), (failed, share.Used));
    }
}
