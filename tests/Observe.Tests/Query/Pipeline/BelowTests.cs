using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Fields;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Pipeline;

/// <summary>A >> B over traces as they should not be: span ids twice, spans above themselves, spans without a parent that is there, very deep ones.</summary>
public sealed class BelowTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("name=a >> name=c", "c1 c2")]
    [InlineData("name=b >> name=c", "c1 c2")]
    [InlineData("name=a > name=c", "")]
    [InlineData("name=a >> name=b >> name=c", "c1 c2")]
    [InlineData("name=c >> name=a", "")]
    [InlineData("name=a >> name=a", "")]
    public async Task Below_SpanIdsTwice_AreFoundOnce(string query, string expected) =>
        // The second sender repeats what the first has sent: each span is there twice, and asked for twice.
        Assert.Equal(expected, await NamesAsync("twice", query, ("1", "", "a"), ("2", "1", "b"), ("3", "2", "c1"), ("2", "1", "b"), ("3", "2", "c2"), ("1", "", "a")));

    [Theory]
    [InlineData("name=a >> name=c", "")]
    [InlineData("name=d >> name=c", "c c")]
    [InlineData("name=s >> name=s", "")]
    [InlineData("name=s >> name=x", "x")]
    [InlineData("name=c >> name=c", "")]
    [InlineData("name=e >> name=c", "")]
    public async Task Below_SpansAboveThemselves_EndTheWalk(string query, string expected) =>
        // c and d are each other's parent, s its own; e is below them and above nothing; a stands alone.
        Assert.Equal(expected, await NamesAsync("cycle", query, ("1", "", "a"), ("2", "3", "c"), ("3", "2", "d"), ("4", "4", "s"), ("5", "2", "e"), ("2", "3", "c"), ("6", "4", "x")));

    [Fact]
    public async Task Below_ParentNotThere_EndsTheWalk() =>
        Assert.Equal("", await NamesAsync("missing", "name=a >> name=c", ("1", "", "a"), ("2", "9", "b"), ("3", "2", "c")));

    [Fact]
    public async Task Below_DeepTrace_IsFoundFromItsRoot()
    {
        (string, string, string)[] spans = [.. Enumerable.Range(1, 400).Select(i => (Id(i), i == 1 ? "" : Id(i - 1), i == 1 ? "a" : i == 400 ? "c" : "b"))];
        Assert.Equal("c", await NamesAsync("deep", "name=a >> name=c", spans));
    }

    [Theory]
    [InlineData("name=job >> name=step", "step")]
    [InlineData("name=job > name=step", "step")]
    [InlineData("name=job >> name=step >> name=leaf", "leaf")]
    [InlineData("name=job > name=step > name=leaf", "leaf")]
    [InlineData("name=early >> name=step", "")]
    public async Task Below_AncestorsLongBefore_AreFoundInEveryFormOfAnswer(string query, string expected)
    {
        // A day is asked in stretches and slices: the job began three hours before what it does, and 20 hours after it there is more of it.
        const int Hour = 3_600;
        (IServiceProvider services, SearchRequest request) = await SeedAsync(
            "long", $"spans {query}", 24 * Hour,
            (-2 * Hour, "e", "", "early"), (20 * Hour, "1", "e", "job"), ((23 * Hour) + 3_400, "2", "1", "step"), ((23 * Hour) + 3_500, "3", "2", "leaf"));
        ISearchService search = services.GetRequiredService<ISearchService>();

        Assert.Equal(expected, Names((await search.SearchAsync(request, Token)).Records));
        var streamed = new List<SearchRecord>();
        await foreach (IReadOnlyList<SearchRecord> records in (await search.StreamAsync(request, Token)).Records!)
        {
            streamed.AddRange(records);
        }

        Assert.Equal(expected, Names(streamed));
        SearchResult counted = await search.SearchAsync(request with { Query = $"{request.Query} | stats count()" }, Token);
        Assert.Equal(expected.Length == 0 ? 0 : 1, counted.Table!.Rows.Single().Block.Columns[0].GetInt64(0));
        FieldUsages fields = await services.GetRequiredService<IFieldExplorer>().GetFieldsAsync(new FieldsRequest(request.Query, null, request.Range), Token);
        Assert.Equal(expected.Length == 0 ? 0 : 1, fields.Sample.Records);
    }

    [Theory]
    [InlineData("name=top >> name=mid >> name=low")]
    [InlineData("name=top > name=mid >> name=low")]
    [InlineData("name=top >> name=mid > name=low")]
    [InlineData("name=top > name=mid > name=low")]
    public async Task Below_MiddleBeforeTheRange_IsGoneThrough(string query)
    {
        (IServiceProvider services, SearchRequest request) =
            await SeedAsync("middle", $"spans {query}", 300, (-3_000, "1", "", "top"), (-2_400, "2", "1", "mid"), (60, "3", "2", "low"));
        Assert.Equal("low", Names((await services.GetRequiredService<ISearchService>().SearchAsync(request, Token)).Records));
    }

    /// <summary>The names of what is found among the spans of one trace, each a second after the one before, the earliest first.</summary>
    private async Task<string> NamesAsync(string database, string query, params (string Id, string Parent, string Name)[] spans)
    {
        (IServiceProvider services, SearchRequest request) = await SeedAsync(
            database, $"spans {query}", spans.Length, [.. spans.Select((span, i) => (i, span.Id, span.Parent, span.Name))]);
        return Names((await services.GetRequiredService<ISearchService>().SearchAsync(request, Token)).Records);
    }

    private async Task<(IServiceProvider Services, SearchRequest Request)> SeedAsync(
        string database, string query, int seconds, params (int Second, string Id, string Parent, string Name)[] spans)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"below_{database}_{Guid.NewGuid():n}");
        IEnumerable<string> rows = spans.Select(span => string.Create(
            CultureInfo.InvariantCulture,
            $"(fromUnixTimestamp64Nano({Seed.Base + (span.Second * Seed.Second)}, 'UTC'), unhex('{Seed.TraceId}'), unhex('{Hex(span.Id)}'), unhex('{Hex(span.Parent)}'), '{span.Name.TrimEnd('1', '2')}', '{span.Name}')"));
        await engine.ExecuteAsync(
            new SqlStatement($"INSERT INTO spans (Timestamp, TraceId, SpanId, ParentSpanId, Name, StatusMessage) VALUES {string.Join(", ", rows)}"), Token);
        return (TestQueryEngine.Services(engine), new SearchRequest(query, new TimeRange(Seed.Base, Seed.Base + (seconds * Seed.Second)), 100));
    }

    private static string Names(IEnumerable<SearchRecord> records) =>
        string.Join(' ', records.Cast<SpanRecord>().OrderBy(record => record.Timestamp).Select(record => record.StatusMessage));

    private static string Id(int number) => number.ToString("x", CultureInfo.InvariantCulture);

    private static string Hex(string id) => id.Length == 0 ? "" : id.PadLeft(16, '0');
}
