using Microsoft.Extensions.Options;
using Observe.Ingest;
using Observe.Ingest.Memory;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;

namespace Observe.Tests.Ingest.Receivers;

public sealed class TransformGateTests
{
    private readonly SenderRegistry _senders = new(new IngestBudget(1), Options.Create(new IngestOptions()), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_PlacesFree_OneSenderGetsAll()
    {
        var gate = new TransformGate(3);
        Sender sender = _senders.TryConnect("a")!;

        for (int i = 0; i < 3; i++)
        {
            Task entering = gate.EnterAsync(sender, Cancellation);
            Assert.True(entering.IsCompleted);
            await entering;
        }

        Assert.False(gate.EnterAsync(sender, Cancellation).IsCompleted);
        Assert.Equal(1, gate.Waiting);
    }

    [Fact]
    public async Task Leave_ManyOfOneSenderWait_AnotherSenderIsNext()
    {
        var gate = new TransformGate(1);
        Sender many = _senders.TryConnect("many")!;
        Sender one = _senders.TryConnect("one")!;
        await gate.EnterAsync(many, Cancellation);
        Task[] waiting = [.. Enumerable.Range(0, 50).Select(_ => gate.EnterAsync(many, Cancellation))];
        Task other = gate.EnterAsync(one, Cancellation);

        gate.Leave();
        await waiting[0];
        Assert.False(other.IsCompleted);

        gate.Leave();
        await other;
        Assert.False(waiting[1].IsCompleted);

        gate.Leave();
        await waiting[1];
        Assert.Equal(48, gate.Waiting);
    }

    [Fact]
    public async Task EnterAsync_GivenUp_TheNextGetsThePlace()
    {
        var gate = new TransformGate(1);
        Sender sender = _senders.TryConnect("a")!;
        await gate.EnterAsync(sender, Cancellation);
        using var givenUp = new CancellationTokenSource();
        Task first = gate.EnterAsync(sender, givenUp.Token);
        Task second = gate.EnterAsync(sender, Cancellation);

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Leave();
        await second;
        gate.Leave();

        await gate.EnterAsync(sender, Cancellation);
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task EnterAsync_ManyAtOnceWithCancellation_NeverMoreThanThePlacesAndNoneIsLost()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var gate = new TransformGate(2);
        int inside = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
        {
            Sender sender = _senders.TryConnect($"{i % 7}")!;
            bool givesUp = random.Next(3) == 0;
            return Task.Run(() => WorkAsync(sender, givesUp), Cancellation);
        }));

        Assert.InRange(most, 1, 2);
        Assert.Equal(0, gate.Waiting);
        await gate.EnterAsync(_senders.TryConnect("x")!, Cancellation);
        Assert.True(gate.EnterAsync(_senders.TryConnect("y")!, Cancellation).IsCompleted);

        async Task WorkAsync(Sender sender, bool givesUp)
        {
            using var cancellation = new CancellationTokenSource();
            Task entering = gate.EnterAsync(sender, cancellation.Token);
            if (givesUp)
            {
                await cancellation.CancelAsync();
            }

            try
            {
                await entering;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            int now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            gate.Leave();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
