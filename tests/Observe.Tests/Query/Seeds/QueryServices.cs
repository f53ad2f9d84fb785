using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Seeds;

/// <summary>The room's services over an empty database, for a test that brings its own records.</summary>
internal sealed class QueryServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private QueryServices(ServiceProvider services) => _services = services;

    public IStorageEngine Engine => Get<IStorageEngine>();

    /// <param name="database">Its name; one that no other test has.</param>
    public static async Task<QueryServices> CreateAsync(EngineFixture engines, string database) => new(new ServiceCollection()
        .AddSingleton(await engines.DatabaseAsync(database))
        .AddObserveQuery(new ConfigurationBuilder().Build())
        .BuildServiceProvider());

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
