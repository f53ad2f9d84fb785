using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Seeds;

/// <summary>A database with the seed, and the room's services over it; one for each test class.</summary>
public sealed class QueryFixture(EngineFixture engines) : IAsyncLifetime
{
    private static int _databases;

    private ServiceProvider? _services;

    public IStorageEngine Engine => _services!.GetRequiredService<IStorageEngine>();

    public async ValueTask InitializeAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync($"query_{Interlocked.Increment(ref _databases)}");
        await Seed.InsertAsync(engine, TestContext.Current.CancellationToken);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(engine)
            .AddSingleton<TimeProvider>(new FixedTime(DateTimeOffset.UnixEpoch.AddTicks((Seed.Base + (60 * Seed.Second)) / TimeSpan.NanosecondsPerTick)))
            .AddObserveQuery(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public Task<SearchResult> SearchAsync(string query, int limit = 100) =>
        Get<ISearchService>().SearchAsync(new SearchRequest(query, Seed.Range, limit), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;
}
