using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Query.Execution;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Seeds;

/// <summary>The query room's way to an engine, for tests that make a service themselves.</summary>
internal static class TestQueryEngine
{
    public static IQueryEngine Over(IStorageEngine engine) => new ServiceCollection()
        .AddSingleton(engine)
        .AddLogging()
        .AddObserveQuery(new ConfigurationBuilder().Build())
        .BuildServiceProvider()
        .GetRequiredService<IQueryEngine>();
}
