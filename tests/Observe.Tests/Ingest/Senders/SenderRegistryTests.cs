using Microsoft.Extensions.Options;
using Observe.Ingest;
using Observe.Ingest.Memory;
using Observe.Ingest.Senders;

namespace Observe.Tests.Ingest.Senders;

public sealed class SenderRegistryTests
{
    private readonly ManualTime _time = new();
    private readonly IngestOptions _options = new();

    [Fact]
    public void TryConnect_SameKey_IsTheSameSender()
    {
        SenderRegistry registry = Create();

        Sender first = registry.TryConnect("10.0.0.1")!;

        Assert.Same(first, registry.TryConnect("10.0.0.1"));
        Assert.NotSame(first, registry.TryConnect("10.0.0.2"));
        Assert.Equal("10.0.0.1", first.Key);
        Assert.Equal(3, registry.Connections);
    }

    [Fact]
    public void TryConnect_OneSendersLimit_LeavesRoomForOthers()
    {
        _options.Connections.MaxConnectionsPerSender = 2;
        SenderRegistry registry = Create();
        Sender sender = registry.TryConnect("a")!;
        registry.TryConnect("a");

        Assert.Null(registry.TryConnect("a"));
        Assert.NotNull(registry.TryConnect("b"));

        registry.Disconnect(sender);
        Assert.NotNull(registry.TryConnect("a"));
    }

    [Fact]
    public void TryConnect_LimitOfAll_ClosesFurtherOnes()
    {
        _options.Connections.MaxConnections = 2;
        SenderRegistry registry = Create();
        Sender sender = registry.TryConnect("a")!;
        registry.TryConnect("b");

        Assert.Null(registry.TryConnect("c"));

        registry.Disconnect(sender);
        Assert.NotNull(registry.TryConnect("c"));
    }

    [Fact]
    public void TryConnect_RegistryFull_NewSendersAreOne()
    {
        _options.Senders.MaxSenders = 2;
        SenderRegistry registry = Create();
        registry.TryConnect("a");
        registry.TryConnect("b");

        Sender third = registry.TryConnect("c")!;

        Assert.Equal(SenderRegistry.OthersKey, third.Key);
        Assert.Same(third, registry.TryConnect("d"));
        Assert.Equal("a", registry.TryConnect("a")!.Key);
        Assert.Equal(2, registry.Count);
    }

    [Fact]
    public void TryConnect_AfterAWhile_ForgetsIdleSenders()
    {
        SenderRegistry registry = Create();
        registry.Disconnect(registry.TryConnect("idle")!);
        registry.TryConnect("connected");
        Sender holding = registry.TryConnect("holding memory")!;
        holding.Memory.Reserve(1);
        registry.Disconnect(holding);

        _time.Advance(TimeSpan.FromMinutes(6));
        registry.TryConnect("new");

        Assert.Equal(3, registry.Count);
        Assert.Same(holding, registry.TryConnect("holding memory"));
    }

    [Fact]
    public void TryConnect_Full_ForgetsThoseWhoJustLeft()
    {
        _options.Senders.MaxSenders = 1;
        SenderRegistry registry = Create();
        registry.Disconnect(registry.TryConnect("a")!);

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("b", registry.TryConnect("b")!.Key);
        Assert.Equal(1, registry.Count);
    }

    [Fact]
    public void TryConnect_SenderInDebt_IsNotForgotten()
    {
        _options.Senders.BytesPerSecond = 1;
        SenderRegistry registry = Create();
        Sender indebted = registry.TryConnect("a")!;
        indebted.Rate.Charge(20_000);
        registry.Disconnect(indebted);

        _time.Advance(TimeSpan.FromHours(1));
        registry.TryConnect("b");

        Assert.Same(indebted, registry.TryConnect("a"));
        var e = Assert.Throws<IngestException>(indebted.Rate.Admit);
        Assert.Equal(IngestError.RateLimited, e.Failure.Error);
        Assert.Equal(20_000 - 10 - 3600, Math.Round(e.Failure.RetryAfter!.Value.TotalSeconds));
    }

    [Fact]
    public void Rate_Off_NeverLimits()
    {
        Sender sender = Create().TryConnect("a")!;

        for (int i = 0; i < 1000; i++)
        {
            sender.Rate.Admit();
            sender.Rate.Charge(1 << 30);
        }

        Assert.True(sender.Rate.IsFull);
    }

    [Fact]
    public void Rate_Requests_AreLimitedToo()
    {
        _options.Senders.RequestsPerSecond = 2;
        _options.Senders.Burst = TimeSpan.FromSeconds(3);
        Sender sender = Create().TryConnect("a")!;

        for (int i = 0; i < 6; i++)
        {
            sender.Rate.Admit();
        }

        Assert.Throws<IngestException>(sender.Rate.Admit);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        sender.Rate.Admit();
    }

    private SenderRegistry Create() => new(new IngestBudget(1 << 20), Options.Create(_options), _time);
}
