using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Compilation;

/// <summary>What the engine says it skips: a filter that stopped using its index would still give the right rows, only slowly.</summary>
public sealed class IndexUseTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Theory]
    [InlineData("unheardof", "body_words")]
    [InlineData("\"unheardof word\"", "body_words")]
    [InlineData("body:unheardof", "body_words")]
    [InlineData("trace_id=ffffffffffffffffffffffffffffffff", "trace_id")]
    [InlineData("id:nobodys", "correlation_ids")]
    [InlineData("id:ffffffffffffffffffffffffffffffff", "trace_id")]
    [InlineData("id:ffffffffffffffffffffffffffffffff", "correlation_ids")]
    [InlineData("spans trace_id=ffffffffffffffffffffffffffffffff", "trace_id")]
    public async Task Records_Filter_UsesTheIndexAndReadsNothing(string query, string index)
    {
        IReadOnlyList<string> plan = await ExplainAsync(query, Seed.Range);
        Assert.Contains(plan, line => line.EndsWith($"Name: {index}", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.EndsWith("Ranges: 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_OtherTime_ReadsNoPart()
    {
        IReadOnlyList<string> plan = await ExplainAsync("", new TimeRange(Seed.Base - (48 * 3600 * Seed.Second), Seed.Base - (24 * 3600 * Seed.Second)));
        Assert.DoesNotContain(plan, line => line.EndsWith("Ranges: 1", StringComparison.Ordinal));
        Assert.Contains(await ExplainAsync("", Seed.Range), line => line.EndsWith("Ranges: 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_AnyRange_AreFoundByTheBeginningOfTheKey() =>
        Assert.Contains(await ExplainAsync("", Seed.Range), line => line.Contains("(toStartOfFiveMinutes(Timestamp) in [", StringComparison.Ordinal));

    [Fact]
    public async Task Records_NoFilter_ReadsInReverseOrderOfTheKey()
    {
        IReadOnlyList<string> plan = await ExplainAsync("", Seed.Range);
        Assert.Contains(plan, line => line.EndsWith("Read type: InReverseOrder", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> ExplainAsync(string query, TimeRange range)
    {
        SqlStatement statement = PipelineCompiler.Compile(QueryParser.Parse(query), range, 100, TimeProvider.System).Statement;
        IReadOnlyList<ResultBlock> blocks = await fixture.Engine.QueryAllAsync(
            statement with { Text = $"SELECT * FROM (EXPLAIN indexes = 1 {statement.Text})" }, TestContext.Current.CancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.Columns[0].GetString(row)))];
    }
}
