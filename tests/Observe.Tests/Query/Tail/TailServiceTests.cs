using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Query.Search;
using Observe.Query.Tail;
using Observe.Storage.Engine;
using Observe.Tests.Storage;
using static Observe.Tests.Query.Correlation.Arrivals;

namespace Observe.Tests.Query.Tail;

/// <summary>What the pages use: subscriptions without HTTP.</summary>
public sealed class TailServiceTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscription_NotRead_MissesWhatFindsNoRoomAndIsTold()
    {
        (IStorageEngine engine, ServiceProvider services) = await StartAsync();
        await using ServiceProvider disposed = services;
        ITailService tail = services.GetRequiredService<ITailService>();
        await using TailSubscription slow = await tail.OpenAsync(new TailRequest("", 1000), Token);
        await using TailSubscription quick = await tail.OpenAsync(new TailRequest(" ", 1000), Token);
        Assert.Equal(1, services.GetRequiredService<TailService>().Queries);
        await using IAsyncEnumerator<TailBatch> reading = quick.GetAsyncEnumerator(Token);

        // Each is a poll of its own, because the quick viewer sees it before the next is stored.
        const int inserts = 25;
        for (int i = 0; i < inserts; i++)
        {
            await LogsAsync(engine, "shop", Log(i, $"{i}"), Log(i, $"{i}"));
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal(2, reading.Current.Records.Count);
            Assert.Equal(0, reading.Current.PassedOverSlow);
        }

        await using IAsyncEnumerator<TailBatch> late = slow.GetAsyncEnumerator(Token);
        long seen = 0, missed = 0;
        for (int i = 0; i < TailLimits.BufferedPolls; i++)
        {
            Assert.True(await late.MoveNextAsync());
            seen += late.Current.Records.Count;
            missed += late.Current.PassedOverSlow;
        }

        Assert.Equal((2L * TailLimits.BufferedPolls, 0L), (seen, missed));
        await LogsAsync(engine, "shop", Log(100, "last"));
        Assert.True(await late.MoveNextAsync());
        Assert.Equal("last", Assert.IsType<LogRecord>(Assert.Single(late.Current.Records)).BodyText);
        Assert.Equal(2 * (inserts - TailLimits.BufferedPolls), late.Current.PassedOverSlow);
    }

    [Fact]
    public async Task Subscription_NotRead_HoldsSoManyBytesOrOneBatch()
    {
        await using var viewer = new TailSubscription(SearchSignal.Logs, 0, [], _ => { });
        const long most = TailLimits.BufferedBytes;
        foreach ((long position, long bytes) in new[] { (1, most * 2), (2, 1), (3, most) })
        {
            viewer.Offer(new TailBatch(position, [], bytes, 1, false, 0, []));
        }

        await using IAsyncEnumerator<TailBatch> reading = viewer.GetAsyncEnumerator(Token);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal((1, 0), (reading.Current.Position, reading.Current.PassedOverSlow));
        foreach ((long position, long bytes) in new[] { (4, most / 2), (5, most / 2), (6, 1L) })
        {
            viewer.Offer(new TailBatch(position, [], bytes, 1, false, 0, []));
        }

        Assert.True(await reading.MoveNextAsync());
        Assert.Equal((4, 2), (reading.Current.Position, reading.Current.PassedOverSlow));
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal((5, 0), (reading.Current.Position, reading.Current.PassedOverSlow));
        viewer.Offer(new TailBatch(7, [], 0, 0, false, 0, []));
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal((7, 1), (reading.Current.Position, reading.Current.PassedOverSlow));
    }

    [Fact]
    public async Task Subscription_Disposed_EndsItsEnumeration()
    {
        (_, ServiceProvider services) = await StartAsync();
        await using ServiceProvider disposed = services;
        TailSubscription viewer = await services.GetRequiredService<ITailService>().OpenAsync(new TailRequest("spans status=error", 10), Token);
        Assert.Equal(SearchSignal.Spans, viewer.Signal);
        await using IAsyncEnumerator<TailBatch> reading = viewer.GetAsyncEnumerator(Token);
        ValueTask<bool> next = reading.MoveNextAsync();
        await viewer.DisposeAsync();
        await viewer.DisposeAsync();
        Assert.False(await next);
        Assert.Equal(0, services.GetRequiredService<TailService>().Viewers);
    }

    [Fact]
    public async Task Service_Disposed_EndsAllSubscriptions()
    {
        (_, ServiceProvider services) = await StartAsync();
        await using TailSubscription viewer = await services.GetRequiredService<ITailService>().OpenAsync(new TailRequest("", 10), Token);
        await using IAsyncEnumerator<TailBatch> reading = viewer.GetAsyncEnumerator(Token);
        ValueTask<bool> next = reading.MoveNextAsync();
        await services.DisposeAsync();
        Assert.False(await next);
    }

    [Theory]
    [InlineData("MaxViewers", "-1", "Observe:Tail:MaxViewers is -1; it must lie between 0 and 10000 (0 switches the live tail off).")]
    [InlineData("PollInterval", "00:00:00.01", "Observe:Tail:PollInterval (ms) is 10; it must lie between 50 and 60000 (write it as 00:00:00.5).")]
    public void Options_Wrong_SayWhatIsRight(string key, string value, string failure)
    {
        TailOptions options = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build().Get<TailOptions>()!;
        Assert.Equal([failure], new TailOptionsValidator().Validate(null, options).Failures);
        Assert.True(new TailOptionsValidator().Validate(null, new TailOptions()).Succeeded);
    }

    private async Task<(IStorageEngine Engine, ServiceProvider Services)> StartAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync($"tail_{Guid.NewGuid():N}");
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Observe:Tail:PollInterval", "00:00:00.05")]).Build();
        return (engine, new ServiceCollection().AddLogging().AddSingleton(engine).AddObserveQuery(configuration).BuildServiceProvider());
    }
}
