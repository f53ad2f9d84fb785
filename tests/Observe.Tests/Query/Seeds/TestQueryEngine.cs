using Observe.Query.Execution;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Seeds;

/// <summary>The query room's way to an engine, for tests that make a service themselves.</summary>
internal static class TestQueryEngine
{
    public static IQueryEngine Over(IStorageEngine engine) => new QueryEngine(engine);
}
