using Observe.Query.Compilation;
using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Query.Traces;

namespace Observe.Tests.Query.Services;

public sealed class SpanSampleTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private const long Minutes = 60_000_000_000;

    /// <summary>On a limit of five minutes, as stretches are.</summary>
    private const long Start = Seed.Base + Minutes;

    [Fact]
    public void Of_FewSpans_IsAllOfThem()
    {
        var sample = SpanSample.Of(new TimeRange(0, 60 * Minutes), 100, maxSpans: 100);
        var parameters = new ParameterBag();
        Assert.Null(sample.Way);
        Assert.Equal("", sample.Condition(parameters));
        Assert.Empty(parameters.Parameters);
    }

    [Fact]
    public async Task Condition_LongRange_TakesOneStretchOfEachGroup()
    {
        // A span a minute over 20 hours: 240 stretches, in groups of four.
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            [.. Enumerable.Range(0, 1200).Select(minute => ("s", SpanText.Of($"{minute + 1:x32}", 1, 0, (minute + 1) * 60_000.0, 1)))]));
        var range = new TimeRange(Start, Start + (1200 * Minutes));
        var sample = SpanSample.Of(range, 1200, maxSpans: 300);
        Assert.Equal("60 of 240 stretches of five minutes, spread over the range", sample.Way);
        long[] stretches = await StretchesAsync(range, sample);
        Assert.Equal(60, stretches.Length);
        Assert.Equal(Enumerable.Range(0, 60).Select(group => (long)group), stretches.Select(stretch => stretch / 4));
        // Not the same place in every group: what happens at one minute of each hour would be all or nothing.
        Assert.True(stretches.Select(stretch => stretch % 4).Distinct().Count() > 2);
    }

    [Fact]
    public async Task Condition_ShortRange_TakesWholeTraces()
    {
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            [.. Enumerable.Range(0, 2000).Select(i => ("t", SpanText.Of($"{(i / 2) + 7000:x32}", i + 1, 0, (-48 * 3_600_000.0) + i, 1)))]));
        var range = new TimeRange(Seed.Base - (48 * 60 * Minutes), Seed.Base - (47 * 60 * Minutes));
        var sample = SpanSample.Of(range, 2000, maxSpans: 500);
        Assert.Equal("one trace in 4, by the hash of its id", sample.Way);
        ResultBlock block = await QueryAsync("count() AS Spans, uniqExact(TraceId) AS Traces", range, sample);
        Assert.InRange(block["Spans"].GetInt64(0), 350, 650);
        Assert.Equal(block["Spans"].GetInt64(0), 2 * block["Traces"].GetInt64(0));
    }

    private async Task<long[]> StretchesAsync(TimeRange range, SpanSample sample)
    {
        ResultBlock block = await QueryAsync(
            $"arraySort(groupUniqArray(toInt64(intDiv(toUnixTimestamp64Nano(Timestamp) - {Start}, {5 * Minutes})))) AS Stretches", range, sample);
        return [.. ((object?[])block["Stretches"].GetValue(0)!).Select(value => (long)value!)];
    }

    private async Task<ResultBlock> QueryAsync(string select, TimeRange range, SpanSample sample)
    {
        var parameters = new ParameterBag();
        string sql = $"SELECT {select} FROM spans WHERE ServiceName IN ('s', 't') AND {SearchCompiler.TimeCondition(parameters, range)}{sample.Condition(parameters)}";
        return (await fixture.Engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters), TestContext.Current.CancellationToken))[0];
    }
}
