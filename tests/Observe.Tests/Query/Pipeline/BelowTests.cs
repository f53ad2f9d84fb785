using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
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
    [InlineData("name=s >> name=s", "s")]
    [InlineData("name=e >> name=c", "")]
    public async Task Below_SpansAboveThemselves_EndTheWalk(string query, string expected) =>
        // c and d are each other's parent, s its own; e is below them and above nothing; a stands alone.
        Assert.Equal(expected, await NamesAsync("cycle", query, ("1", "", "a"), ("2", "3", "c"), ("3", "2", "d"), ("4", "4", "s"), ("5", "2", "e"), ("2", "3", "c")));

    [Fact]
    public async Task Below_ParentNotThere_EndsTheWalk() =>
        Assert.Equal("", await NamesAsync("missing", "name=a >> name=c", ("1", "", "a"), ("2", "9", "b"), ("3", "2", "c")));

    [Fact]
    public async Task Below_DeepTrace_IsFoundFromItsRoot()
    {
        (string, string, string)[] spans = [.. Enumerable.Range(1, 400).Select(i => (Id(i), i == 1 ? "" : Id(i - 1), i == 1 ? "a" : i == 400 ? "c" : "b"))];
        Assert.Equal("c", await NamesAsync("deep", "name=a >> name=c", spans));
    }

    /// <summary>The names of what is found among the spans of one trace, each a second after the one before, the earliest first.</summary>
    private async Task<string> NamesAsync(string database, string query, params (string Id, string Parent, string Name)[] spans)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"below_{database}_{Guid.NewGuid():n}");
        IEnumerable<string> rows = spans.Select((span, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"(fromUnixTimestamp64Nano({Seed.Base + (i * Seed.Second)}, 'UTC'), unhex('{Seed.TraceId}'), unhex('{Hex(span.Id)}'), unhex('{Hex(span.Parent)}'), '{span.Name[..1]}', '{span.Name}')"));
        await engine.ExecuteAsync(
            new SqlStatement($"INSERT INTO spans (Timestamp, TraceId, SpanId, ParentSpanId, Name, StatusMessage) VALUES {string.Join(", ", rows)}"), Token);
        SearchResult result = await TestQueryEngine.Services(engine).GetRequiredService<ISearchService>().SearchAsync(
            new SearchRequest($"spans {query}", new TimeRange(Seed.Base, Seed.Base + (spans.Length * Seed.Second)), 100), Token);
        return string.Join(' ', result.Records.OrderBy(record => record.Timestamp).Select(record => ((SpanRecord)record).StatusMessage));
    }

    private static string Id(int number) => number.ToString("x", CultureInfo.InvariantCulture);

    private static string Hex(string id) => id.Length == 0 ? "" : id.PadLeft(16, '0');
}
