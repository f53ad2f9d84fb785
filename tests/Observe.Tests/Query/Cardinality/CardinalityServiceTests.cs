using System.Globalization;
using Observe.Query.Cardinality;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Cardinality;

public sealed class CardinalityServiceTests(EngineFixture engines)
{
    private const long Day = 86_400 * Seed.Second;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Days before the last one that the range touches, the metric, the key, the order ⇒ the rows: name, total, last day, day before; series that have it; share; refused.</summary>
    [Theory]
    [InlineData(0, null, null, false, "grows 4 4 2 - 0.4 15", "shrinks 1 1 6 - 0.1 1")]
    [InlineData(1, null, null, false, "shrinks 6 1 6 - 0.1 1", "grows 5 4 2 - 0.4 15")]
    [InlineData(1, null, null, true, "grows 5 4 2 - 0.4 15", "shrinks 6 1 6 - 0.1 1")]
    [InlineData(6, null, null, false, "shrinks 6 1 6 - 0.1 1", "grows 5 4 2 - 0.4 15", "was 1 0 0 - 0 0")]
    [InlineData(0, "grows", null, false, "user 4 4 2 4 0.5 10", "code 2 2 0 2 0.25 0", "http.route 2 2 1 4 0.25 0", "odd `key` \\ 'x' 1 1 0 1 0.125 0")]
    [InlineData(1, "grows", null, false, "user 5 4 2 5 0.5 10", "code 2 2 0 2 0.25 0", "http.route 2 2 1 5 0.25 0", "odd `key` \\ 'x' 1 1 0 1 0.125 0")]
    [InlineData(1, "grows", null, true, "user 5 4 2 5 0.5 10", "code 2 2 0 2 0.25 0", "http.route 2 2 1 5 0.25 0", "odd `key` \\ 'x' 1 1 0 1 0.125 0")]
    [InlineData(1, "grows", "http.route", false, "/x 4 3 2 - - 0", "/y 1 1 0 - - 0")]
    [InlineData(1, "grows", "code", false, "200 1 1 0 - - 0", "200.5 1 1 0 - - 0")]
    [InlineData(1, "grows", "odd `key` \\ 'x'", false, "true 1 1 0 - - 0")]
    public async Task Rows_OfARange_AreCountedByDays(int before, string? metric, string? key, bool isByGrowth, params string[] expected)
    {
        CardinalityAnswer answer = await AskAsync(new CardinalityRequest(Days(before), metric, key, isByGrowth, 100), new MetricLimits(10, 8));

        Assert.Equal(expected, answer.Rows.Select(Text));
        Assert.Equal(expected.Length, answer.RowCount);
        Assert.Empty(answer.Notices);
    }

    [Fact]
    public async Task Limit_FewerThanThereAre_LeavesTheSmallestAwayAndSaysHowManyThereAre()
    {
        CardinalityAnswer answer = await AskAsync(new CardinalityRequest(Days(6), null, null, false, 1));

        Assert.Equal(["shrinks 6 1 6 - - 1"], answer.Rows.Select(Text));
        Assert.Equal(3, answer.RowCount);
        Assert.Equal(new Growth(12, 5, 8), answer.Series);
        Assert.Equal(16, answer.RefusedPoints);
        Assert.Null(answer.Limits);
    }

    [Theory]
    [InlineData("nothing", null, "No series of nothing with an attribute was seen in these days.")]
    [InlineData("was", null, "No series of was with an attribute was seen in these days.")]
    [InlineData("grows", "nothing", "No series of grows with the attribute nothing was seen in these days.")]
    [InlineData("' OR 1=1 --", "`) --", "No series of ' OR 1=1 -- with the attribute `) -- was seen in these days.")]
    public async Task Nothing_IsSaid(string metric, string? key, string notice)
    {
        CardinalityAnswer answer = await AskAsync(new CardinalityRequest(Days(6), metric, key, false, 10));

        Assert.Empty(answer.Rows);
        Assert.Equal([notice], answer.Notices);
    }

    [Fact]
    public async Task Name_ThatTheEngineTakesForAType_IsLeftOutWithANotice()
    {
        CardinalityAnswer keys = await AskAsync(new CardinalityRequest(Days(41), "hostile", null, false, 10));
        CardinalityAnswer values = await AskAsync(new CardinalityRequest(Days(41), "hostile", "user.:`Int64`", false, 10));

        Assert.Equal("user", Assert.Single(keys.Rows).Name);
        Assert.Empty(values.Rows);
        Assert.Equal(["Attributes with .:` in their name are kept, but their values cannot be counted."], keys.Notices);
        Assert.Equal(keys.Notices, values.Notices);
    }

    [Theory]
    [InlineData(0, 0, "1970-01-01", "1970-01-01")]
    [InlineData(long.MinValue, long.MaxValue, "1970-01-01", "2149-06-06")]
    [InlineData(Day, 2 * Day, "1970-01-02", "1970-01-02")]
    [InlineData(Day - 1, (2 * Day) + 1, "1970-01-01", "1970-01-03")]
    public async Task Days_ThatTheRangeTouches_AreCounted(long from, long to, string first, string last)
    {
        CardinalityAnswer answer = await AskAsync(new CardinalityRequest(new TimeRange(from, to), null, null, false, 10));

        Assert.Equal((first, last), (answer.FirstDay.ToString("O"), answer.LastDay.ToString("O")));
    }

    [Fact]
    public async Task Refusals_OfTheTimeAndNoOther_AreFound()
    {
        IStorageEngine engine = await SeedAsync();
        var refusals = new MetricRefusals(engine, TestQueryEngine.Over(engine));

        Assert.Equal([new("grows", "", 5), new("grows", "user", 7), new("shrinks", "", 1)], await refusals.InAsync(new(Seed.Base + 1, Seed.Base + (30 * Seed.Second)), null, Token));
        Assert.Equal([new("grows", "", 5), new("grows", "user", 10)], await refusals.InAsync(new(Seed.Base, Seed.Base + (90 * Seed.Second)), ["grows"], Token));
        Assert.Equal([new("grows", "user", 3)], await refusals.InAsync(new(Seed.Base + (60 * Seed.Second), Seed.Base + Day), null, Token));
        Assert.Empty(await refusals.InAsync(new(Seed.Base - Day, Seed.Base), null, Token));
        Assert.Empty(await refusals.InAsync(new(Seed.Base + (120 * Seed.Second), Seed.Base + Day), null, Token));
    }

    private static TimeRange Days(int before) => new(Seed.Base - (before * Day), Seed.Base + Seed.Second);

    private static string Text(CardinalityRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name} {row.Count.Total} {row.Count.LastDay} {row.Count.DayBefore} {Or(row.Series)} {Or(row.Share)} {row.RefusedPoints}");

    private static string Or(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "-";

    private async Task<IStorageEngine> SeedAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality");
        await CardinalitySeed.InsertAsync(engine, Token); // once, whichever test comes first
        return engine;
    }

    private async Task<CardinalityAnswer> AskAsync(CardinalityRequest request, MetricLimits? limits = null)
    {
        IStorageEngine engine = await SeedAsync();
        IQueryEngine queries = TestQueryEngine.Over(engine);
        return await new CardinalityService(queries, new MetricRefusals(engine, queries), TimeProvider.System, limits).GetAsync(request, Token);
    }
}
