using System.Globalization;
using System.Text.Json;
using Observe.Query.Compilation;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Tail;
using Observe.Query.Time;
using Observe.Tests.Query.Api.OpenApi;
using Observe.Tests.Query.Cases;

namespace Observe.Tests.Query.MetricBrowser;

/// <summary>Metric series as what a search is about.</summary>
public sealed class SeriesSearchTests(SeriesFixture fixture) : IClassFixture<SeriesFixture>
{
    public static TheoryData<string, string> Answers => CaseFile.Read("series.txt");

    public static TheoryData<string, string> Errors => CaseFile.Read("series-errors.txt");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISearchService Searches => fixture.Get<ISearchService>();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Search_OfOneDay_AnswersItsSeriesOnce(string query, string expected) =>
        Assert.Equal(expected, ResultText.Of(await SearchAsync(query, MetricBrowserSeed.Today)));

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Search_OfWhatSeriesDoNotHave_SaysWhatToAskInstead(string query, string expected)
    {
        QuerySyntaxException error = await Assert.ThrowsAsync<QuerySyntaxException>(() => SearchAsync(query, MetricBrowserSeed.Today));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{error.Position.Start} {error.Position.Length} {error.Message}"));
    }

    [Theory]
    [InlineData("metrics", "gc.pause http.requests http.requests http.requests http.server.request.duration payload/size queue.length queue.length sent")]
    [InlineData("metrics last_day=2026-01-01", "queue.length")]
    [InlineData("metrics last_day<2026-01-02", "queue.length")]
    [InlineData("metrics last_day<now-1h", "queue.length")]
    [InlineData("metrics \"requests served\"", "http.requests http.requests")]
    [InlineData("metrics description=Requests.", "")]
    public async Task Search_OfTwoDays_AnswersEachSeriesAsOfItsLastDay(string query, string names)
    {
        SearchResult result = await SearchAsync(query, MetricBrowserSeed.BothDays);
        Assert.Equal(names, string.Join(' ', result.Records.Cast<SeriesRecord>().Select(series => series.Name)));
    }

    [Fact]
    public async Task Search_Record_HasWhatWasSent()
    {
        SearchResult result = await SearchAsync("metrics type=sum status=500", MetricBrowserSeed.Today);
        var series = (SeriesRecord)Assert.Single(result.Records);
        Assert.Equal(("http.requests", "sum", "{request}", "Requests served."), (series.Name, series.Type, series.Unit, series.Description));
        Assert.Equal(("cumulative", true, new DateOnly(2026, 1, 2)), (series.Temporality, series.IsMonotonic, series.LastDay));
        Assert.Equal(("shop", "shop.lib", "1.0.0"), (series.ServiceName, series.ScopeName, series.ScopeVersion));
        Assert.Equal([new("http.route", "/orders"), new("status", 500L)], series.Attributes);
        Assert.Equal([new("host.name", "h1"), new("service.name", "shop")], series.ResourceAttributes);
        Assert.Equal([new("team", "core")], series.ScopeAttributes);
        Assert.Equal([new("origin", "test")], series.Metadata);
        SearchResult again = await SearchAsync($"metrics series.id={series.SeriesId}", MetricBrowserSeed.Today);
        Assert.Equal(series.SeriesId, Assert.IsType<SeriesRecord>(Assert.Single(again.Records)).SeriesId);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:00Z", "2026-01-02T03:14:00Z", "Series are noted by day: the answer has those that were seen on 2026-01-02 (UTC), perhaps not within the time range.")]
    [InlineData("2026-01-01T03:04:00Z", "2026-01-02T03:14:00Z", "Series are noted by day: the answer has those that were seen from 2026-01-01 to 2026-01-02 (UTC), perhaps not within the time range.")]
    [InlineData("2026-01-02", "2026-01-02T03:00:00Z", "Series are noted by day: the answer has those that were seen on 2026-01-02 (UTC), perhaps not within the time range.")]
    [InlineData("2026-01-02", "now", null)]
    [InlineData("2026-01-01", "2026-01-02", null)]
    public async Task Search_PartOfADay_SaysThatItIsAboutTheDay(string from, string to, string? notice)
    {
        TimeRange range = TimeRangeExpression.Parse(from, to, fixture.Get<TimeProvider>());
        Assert.Equal(notice is null ? [] : [notice], (await SearchAsync("metrics", range)).Notices);
    }

    [Theory]
    [InlineData("metrics severity=error", "severity is a field of logs: begin the query with logs.")]
    [InlineData("metrics last_seen=now", "Nearest known: last_day.")]
    [InlineData("metrics http.rout=/cart", "Nearest known: http.route.")]
    [InlineData("metric type=gauge", "\"metric\" is searched for as a word: write metrics to begin a query about metrics.")]
    public async Task Search_WhatIsUnknown_IsAdvised(string query, string advice)
    {
        IReadOnlyList<string> notices = await NoticesAsync(query);
        Assert.Contains(notices, notice => notice.EndsWith(advice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_MoreThanTheLimit_SaysSoAndBeginsWithTheFirstByName()
    {
        SearchResult result = await Searches.SearchAsync(new SearchRequest("metrics", MetricBrowserSeed.Today, 2), Token);
        Assert.Equal(["gc.pause", "http.requests"], result.Records.Cast<SeriesRecord>().Select(series => series.Name));
        Assert.Contains("These are the first 2 rows; there are more.", result.Notices);
    }

    [Fact]
    public async Task Histogram_OfSeries_SaysThatTheyHaveNoTimes()
    {
        QuerySyntaxException error = await Assert.ThrowsAsync<QuerySyntaxException>(
            () => Searches.HistogramAsync(new SearchRequest(" metrics service=shop", MetricBrowserSeed.Today, 1), 10, Token));
        Assert.Equal((1, 7), (error.Position.Start, error.Position.Length));
        Assert.StartsWith("Metric series have no times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_OfSeries_IsRefused()
    {
        QuerySyntaxException error = await Assert.ThrowsAsync<QuerySyntaxException>(() => fixture.Get<ITailService>().OpenAsync(new TailRequest("metrics", 10, null), Token));
        Assert.StartsWith("The tail shows logs or spans as they arrive", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http.route", "/cart:3 /orders:1")]
    [InlineData("type", "gauge:2 sum:3 exponential_histogram:1 histogram:1 summary:1")]
    [InlineData("attr.type", "old:1")]
    [InlineData("host.name", "h1:4 h2:4")]
    [InlineData("last_day", "2026-01-02:8")]
    [InlineData("monotonic", "false:6 true:2")]
    [InlineData("status", "200:2 500:1")]
    public async Task Values_OfAFieldOfSeries_AreCountedBySeries(string name, string expected)
    {
        FieldValues values = await fixture.Get<IFieldExplorer>().GetValuesAsync(
            new FieldValuesRequest(new FieldsRequest("metrics", null, MetricBrowserSeed.Today), name, null, 10), Token);
        string found = string.Join(' ', values.Values.GroupBy(value => ValueText(value.Value)).Select(value => $"{value.Key}:{value.Sum(v => v.Records)}").Order(StringComparer.Ordinal));
        Assert.Equal(string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal)), found);
    }

    [Fact]
    public async Task Fields_OfSeries_AreTheirAttributesAndThoseOfTheirResources()
    {
        FieldUsages found = await fixture.Get<IFieldExplorer>().GetFieldsAsync(new FieldsRequest("service=mailer", SearchSignal.Metrics, MetricBrowserSeed.Today), Token);
        Assert.Equal((SearchSignal.Metrics, 4L, true), (found.Signal, found.Sample.Records, found.Sample.IsComplete));
        Assert.Equal(
            "description:1 host.name:4 http.route:1 last_day:4 monotonic:4 name:4 queue:1 scope.name:4 scope.version:4 series.id:4 service.name:4 service.name:4 status:1 team:4 temporality:4 type:1 type:4 unit:4",
            string.Join(' ', found.Fields.Select(field => $"{field.Name}:{field.Records}").Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("metrics service=shop | stats count(), values(unit) by name, monotonic, last_day")]
    [InlineData("metrics | let n = length(name) | where n>5")]
    [InlineData("metrics | stats rate()")]
    public async Task Answer_OfTheApi_IsAsTheDocumentSays(string query)
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        using HttpResponseMessage response = await fixture.Client.GetAsync($"/api/v1/query?q={Uri.EscapeDataString(query)}", Token);
        await document.AssertDescribesAsync("query", response);
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("arrow")]
    [InlineData("parquet")]
    public async Task Answer_InEveryForm_HasEverySeries(string format)
    {
        byte[] body = await fixture.Client.GetByteArrayAsync($"/api/v1/query?q=metrics&format={format}", Token);
        if (format is "ndjson" or "csv")
        {
            string[] lines = System.Text.Encoding.UTF8.GetString(body).TrimEnd().Split('\n');
            Assert.Equal(format == "csv" ? 9 : 8, lines.Length);
            Assert.Contains(lines, line => line.Contains("payload/size", StringComparison.Ordinal));
        }

        Assert.True(body.Length > 100);
    }

    [Fact]
    public async Task Explain_OfSeries_PlansOneStatement()
    {
        JsonElement answer = JsonDocument.Parse(await fixture.Client.GetStringAsync("/api/v1/query?q=metrics&explain=true", Token)).RootElement;
        Assert.Contains("metric_series", answer.GetProperty("statements").EnumerateArray().Single().GetProperty("sql").GetString(), StringComparison.Ordinal);
    }

    private static string ValueText(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();

    private async Task<IReadOnlyList<string>> NoticesAsync(string query) => (await SearchAsync(query, MetricBrowserSeed.Today)).Notices;

    private Task<SearchResult> SearchAsync(string query, TimeRange range) => Searches.SearchAsync(new SearchRequest(query, range, QueryLimits.DefaultRecords), Token);
}
