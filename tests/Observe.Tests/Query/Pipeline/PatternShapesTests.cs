using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Pipeline;

/// <summary>What of a text varies, as <c>patterns</c> sees it.</summary>
public sealed class PatternShapesTests(EngineFixture engines)
{
    [Theory]
    [InlineData("user u-0861 left", "user u-<*> left")]
    [InlineData("range 5-10", "range <*>-<*>")]
    [InlineData("took -5 ms, +3.5 more", "took <*> ms, <*> more")]
    [InlineData("-7 at the start", "<*> at the start")]
    [InlineData("delta=-12 (+4)", "delta=<*> (<*>)")]
    [InlineData("order_17 of shard-3a9", "order_<*> of shard-<*>")]
    [InlineData("1e-9 and x-1e+5", "<*> and x-<*>")]
    [InlineData("tab-separated", "tab-separated")]
    public async Task Text_WithWhatVaries_HasTheShape(string text, string shape)
    {
        IStorageEngine engine = await engines.DatabaseAsync("pattern_shapes_" + Guid.NewGuid().ToString("N"));
        await engine.ExecuteAsync(
            new SqlStatement($"INSERT INTO logs (Timestamp, Body) SELECT fromUnixTimestamp64Nano({Seed.Base}, 'UTC'), {SqlText.QuoteString(text)}"), TestContext.Current.CancellationToken);
        CompiledPipeline compiled = PipelineCompiler.Compile(QueryParser.Parse("| patterns | fields pattern"), new TimeRange(Seed.Base, Seed.Base + 1), 10, TimeProvider.System);
        Assert.Equal(shape, (await engine.QueryAllAsync(compiled.Statement, TestContext.Current.CancellationToken))[0].Columns[0].GetString(0));
    }
}
