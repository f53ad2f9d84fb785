using Observe.Query.Compilation;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Search;

public sealed class StreamSlicesTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private const long Day = 86_400 * Seed.Second;

    private static readonly TimeRange LastDay = new(Seed.Base - Day, Seed.Base);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slices_NothingFound_CostAFewCounts()
    {
        var data = new Rows([]);
        Assert.Empty(await data.CutAsync(LastDay, 100));
        Assert.InRange(data.Counts, 1, 4);
    }

    [Theory]
    [InlineData(200, 350)]
    [InlineData(5_000, 350)]
    [InlineData(50, 20_000)]
    public async Task Slices_SteadyRate_HoldWhatOneSortTakes(int rowsPerSecond, int rowBytes)
    {
        var range = new TimeRange(Seed.Base - (1_800 * Seed.Second), Seed.Base);
        var data = new Rows([.. Enumerable.Range(0, rowsPerSecond * 1_800).Select(i => range.From + (i * Seed.Second / rowsPerSecond))]);
        List<(TimeRange Slice, int Count)> slices = await data.CutAsync(range, rowBytes);
        Assert.Equal(data.Times.Count, slices.Sum(slice => slice.Count));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.True(pair.Second.Slice.To <= pair.First.Slice.From, "Slices should go back in time, and not overlap."));
        Assert.All(slices, slice => Assert.InRange((long)slice.Count * rowBytes, 1, 45_000_000));
    }

    [Fact]
    public async Task Slices_BurstAfterSilence_IsCutToo()
    {
        // 30,000 wide rows within a second, two days before anything else.
        long burst = Seed.Base - (2 * Day);
        var range = new TimeRange(Seed.Base - (7 * Day), Seed.Base);
        var data = new Rows([.. Enumerable.Range(0, 30_000).Select(i => burst + (i * 30_000L)), Seed.Base - 5]);
        List<(TimeRange Slice, int Count)> slices = await data.CutAsync(range, 7_000);
        Assert.Equal(30_001, slices.Sum(slice => slice.Count));
        Assert.All(slices, slice => Assert.InRange(slice.Count, 1, 10_000));
        Assert.InRange(data.Counts, 2, 20);
    }

    [Fact]
    public async Task Slices_OneTime_IsOneSlice()
    {
        var data = new Rows([.. Enumerable.Repeat(Seed.Base - Seed.Second, 200_000)]);
        Assert.Equal([200_000], (await data.CutAsync(LastDay, 1_000)).Select(slice => slice.Count));
    }

    [Theory]
    [InlineData("", 100, "5 4 3 2 1")]
    [InlineData("", 5, "5 4 3 2 1")]
    [InlineData("", 4, "5 4 3 2")]
    [InlineData("| limit 3", 4, "5 4 3")]
    [InlineData("| limit 3", 3, "5 4 3")]
    [InlineData("| limit 4", 3, "5 4 3")]
    [InlineData("user.id:*", 100, null)]
    [InlineData("| sort timestamp asc", 2, "1 2")]
    public async Task Stream_Records_AreThoseOfTheList(string query, int limit, string? expected)
    {
        var request = new SearchRequest(query, new TimeRange(Seed.Base - Day, Seed.Base + (60 * Seed.Second)), limit);
        List<long> times = await StreamAsync(request);
        SearchResult whole = await fixture.Get<ISearchService>().SearchAsync(request, Token);
        Assert.Equal(whole.Records.Cast<TimedRecord>().Select(record => (record.Timestamp - Seed.Base) / Seed.Second), times);
        Assert.True(expected is null || expected == string.Join(' ', times), string.Join(' ', times));
    }

    [Theory]
    [InlineData("")]
    [InlineData("| sort timestamp asc")]
    [InlineData("| stats count() by timestamp")]
    public async Task Stream_MoreThanAWholeAnswerMayHave_IsAnError(string query)
    {
        var request = new SearchRequest(query, Seed.Range, 4, MustBeWhole: true);
        ResultLimitException refused = await Assert.ThrowsAsync<ResultLimitException>(() => StreamAsync(request));
        Assert.Contains("more than 4 rows", refused.Message, StringComparison.Ordinal);
        await StreamAsync(request with { Limit = 5 });
    }

    private async Task<List<long>> StreamAsync(SearchRequest request)
    {
        SearchStream stream = await fixture.Get<ISearchService>().StreamAsync(request, Token);
        var times = new List<long>();
        if (stream.Table is not null)
        {
            await foreach (ResultTable table in stream.Table)
            {
                times.AddRange(table.Rows.Select(_ => 0L));
            }

            return times;
        }

        await foreach (IReadOnlyList<SearchRecord> records in stream.Records!)
        {
            times.AddRange(records.Cast<TimedRecord>().Select(record => (record.Timestamp - Seed.Base) / Seed.Second));
        }

        return times;
    }

    /// <summary>Rows at these times, which counts what is asked of it.</summary>
    private sealed class Rows(List<long> times)
    {
        public List<long> Times { get; } = [.. times.Order()];

        public int Counts { get; private set; }

        public async Task<List<(TimeRange Slice, int Count)>> CutAsync(TimeRange range, int rowBytes)
        {
            var slices = new StreamSlices(range, CountAsync);
            var cut = new List<(TimeRange, int)>();
            while (await slices.NextAsync(Token) is { } slice)
            {
                int rows = Below(slice.To) - Below(slice.From);
                cut.Add((slice, rows));
                slices.Note(rows, (long)rows * rowBytes);
            }

            return cut;
        }

        private Task<IReadOnlyList<(long Bin, long Rows)>> CountAsync(TimeRange range, long origin, long width, CancellationToken cancellationToken)
        {
            Counts++;
            Assert.True((range.To - range.From) / width <= 10_000, "Counting should take little memory.");
            return Task.FromResult<IReadOnlyList<(long, long)>>(
                [.. Times.Skip(Below(range.From)).TakeWhile(time => time < range.To).GroupBy(time => (time - origin) / width).Select(bin => (bin.Key, (long)bin.Count()))]);
        }

        private int Below(long time)
        {
            int found = Times.BinarySearch(time);
            for (found = found < 0 ? ~found : found; found > 0 && Times[found - 1] >= time; found--)
            {
            }

            return found;
        }
    }
}
