using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Search;

public sealed class StreamSlicesTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private const long Day = 86_400 * Seed.Second;

    [Fact]
    public void Slices_NothingFound_CrossADayInAFew()
    {
        List<TimeRange> slices = Cut(new TimeRange(Seed.Base - Day, Seed.Base), _ => 0);
        AssertCovered(new TimeRange(Seed.Base - Day, Seed.Base), slices);
        Assert.InRange(slices.Count, 2, 9);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void Slices_SteadyRate_HoldWhatOneSortTakes(int rowsPerSecond)
    {
        var range = new TimeRange(Seed.Base - (3_600 * Seed.Second), Seed.Base);
        List<TimeRange> slices = Cut(range, slice => (int)((slice.To - slice.From) * (double)rowsPerSecond / Seed.Second));
        AssertCovered(range, slices);

        // Whole five minutes may be more than what was wanted by as much again.
        Assert.All(slices, slice => Assert.InRange((slice.To - slice.From) * (double)rowsPerSecond / Seed.Second, 0, 125_000));
        Assert.InRange(slices.Count, 1, 20 + (rowsPerSecond * 3_600 / 25_000));
    }

    [Fact]
    public void Slices_LongerThanFiveMinutes_BeginWhereTheKeyDoes()
    {
        List<TimeRange> slices = Cut(new TimeRange(Seed.Base - Day + 7, Seed.Base), _ => 0);
        Assert.All(slices.SkipLast(1).Where(slice => slice.To - slice.From > 600 * Seed.Second), slice => Assert.Equal(0, slice.From % (300 * Seed.Second)));
    }

    [Theory]
    [InlineData("", 100, "5 4 3 2 1")]
    [InlineData("", 5, "5 4 3 2 1")]
    [InlineData("", 4, "5 4 3 2")]
    [InlineData("| limit 3", 4, "5 4 3")]
    [InlineData("| limit 3", 3, "5 4 3")]
    [InlineData("| limit 4", 3, "5 4 3")]
    [InlineData("user.id:*", 100, null)]
    public async Task Stream_RecordsInSeveralSlices_ComeLatestFirst(string query, int limit, string? expected)
    {
        var request = new SearchRequest(query, new TimeRange(Seed.Base - Day, Seed.Base + (60 * Seed.Second)), limit);
        SearchStream stream = await fixture.Get<ISearchService>().StreamAsync(request, TestContext.Current.CancellationToken);
        var times = new List<long>();
        await foreach (IReadOnlyList<SearchRecord> records in stream.Records!)
        {
            times.AddRange(records.Select(record => (record.Timestamp - Seed.Base) / Seed.Second));
        }

        SearchResult whole = await fixture.Get<ISearchService>().SearchAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Records.Select(record => (record.Timestamp - Seed.Base) / Seed.Second), times);
        Assert.True(expected is null || expected == string.Join(' ', times), string.Join(' ', times));
    }

    private static List<TimeRange> Cut(TimeRange range, Func<TimeRange, int> rows)
    {
        var slices = new StreamSlices(range);
        var cut = new List<TimeRange>();
        while (slices.TryNext(out TimeRange slice))
        {
            cut.Add(slice);
            slices.Note(slice, rows(slice));
        }

        return cut;
    }

    private static void AssertCovered(TimeRange range, List<TimeRange> slices)
    {
        Assert.Equal(range.To, slices[0].To);
        Assert.Equal(range.From, slices[^1].From);
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.From, pair.Second.To));
    }
}
