using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Seeds;

/// <summary>The query room's way to an engine, for tests that make a service themselves.</summary>
internal static class TestQueryEngine
{
    public static IQueryEngine Over(IStorageEngine engine) => Services(engine).GetRequiredService<IQueryEngine>();

    public static IFieldTypes FieldTypes(IStorageEngine engine) => Services(engine).GetRequiredService<IFieldTypes>();

    public static IServiceProvider Services(IStorageEngine engine, TimeProvider? time = null) => new ServiceCollection()
        .AddSingleton(engine)
        .AddSingleton(time ?? TimeProvider.System)
        .AddLogging()
        .AddObserveQuery(new ConfigurationBuilder().Build())
        .BuildServiceProvider();
}
