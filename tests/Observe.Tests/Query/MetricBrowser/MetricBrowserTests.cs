using System.Globalization;
using System.Net;
using System.Text.Json;
using Observe.Query.MetricBrowser;
using Observe.Query.PromQL.Selection;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Query.Api.OpenApi;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.MetricBrowser;

/// <summary>Which metrics there are, by the service and over HTTP.</summary>
public sealed class MetricBrowserTests(SeriesFixture fixture, EngineFixture engines) : IClassFixture<SeriesFixture>
{
    private const long Minute = 60_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IMetricBrowser Browser => fixture.Get<IMetricBrowser>();

    [Fact]
    public async Task List_OfADay_HasAnEntryForEachNameUnitAndType()
    {
        MetricList list = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 100), Token);
        Assert.Equal(
            [
                "gc.pause s Summary False unspecified [type] mailer 1 1",
                "http.requests 1 Gauge False unspecified [http.route,status] mailer 1 1",
                "http.requests {request} Sum True cumulative [http.route,status] shop 1 2",
                "http.server.request.duration s Histogram False cumulative [http.route] shop 1 1",
                "payload/size By ExponentialHistogram False cumulative [] mailer 1 1",
                "queue.length {item} Gauge False unspecified [queue] mailer 1 1",
                "sent By Sum False delta [] shop 1 1",
            ],
            list.Metrics.Select(Text));
        Assert.Equal(7, list.Total);
        Assert.Equal("Requests served.", list.Metrics[2].Description);
        Assert.All(list.Metrics, metric => Assert.Equal(new DateOnly(2026, 1, 2), metric.LastDay));
        Assert.StartsWith("Series are noted by day", Assert.Single(list.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTwoDays_CountsASeriesOnceAndTellsTheLastDay()
    {
        MetricList list = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.BothDays, 100), Token);
        MetricEntry queue = list.Metrics.Single(metric => metric.Metric.Name == "queue.length");
        Assert.Equal((2L, 2L, new DateOnly(2026, 1, 2)), (queue.SeriesCount, queue.ServiceCount, queue.LastDay));
        Assert.Equal(["mailer", "shop"], queue.Services);
        Assert.Equal(2, list.Metrics.Single(metric => metric.Metric.Type == MetricType.Sum && metric.Metric.IsMonotonic).SeriesCount);

        // The day before alone: the series of that day, with their latest points where they were.
        var yesterday = new TimeRange(MetricBrowserSeed.BothDays.From - Minute, MetricBrowserSeed.BothDays.From + Minute);
        MetricEntry before = (await Browser.ListAsync(new MetricsRequest(yesterday, 100, NamePart: "queue"), Token)).Metrics.Single();
        Assert.Equal((1L, new DateOnly(2026, 1, 1), MetricBrowserSeed.BothDays.From), (before.SeriesCount, before.LastDay, before.LastSeen));
    }

    [Fact]
    public async Task List_OfUnitsOfOneName_TellsWhenEachWasSeenLast()
    {
        MetricList list = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 100, NamePart: "requests"), Token);
        Assert.Equal([MetricBrowserSeed.Today.From + Minute, MetricBrowserSeed.Today.From], list.Metrics.Select(metric => metric.LastSeen));
    }

    [Fact]
    public async Task List_OfAService_TellsWhenItsOwnSeriesWereSeenLast()
    {
        await using QueryServices services = await QueryServices.CreateAsync(engines, "metric_browser_last");
        await MetricBrowserSeed.InsertAsync(services.Engine, MetricBrowserSeed.Request("shop", "h1", [.. Enumerable.Range(0, 3).Select(i => MetricBrowserSeed.Gauge($"g{i}", "", 60))]));
        await MetricBrowserSeed.InsertAsync(services.Engine, MetricBrowserSeed.Request("mailer", "h2", [.. Enumerable.Range(0, 3).Select(i => MetricBrowserSeed.Gauge($"g{i}", "", 120 + i))]));
        Assert.Equal("120 121 122", await SecondsAsync(new MetricsRequest(MetricBrowserSeed.Today, 100)));
        Assert.Equal("60 60 60", await SecondsAsync(new MetricsRequest(MetricBrowserSeed.Today, 100, Service: "shop")));
        Assert.Equal("120 121 122", await SecondsAsync(new MetricsRequest(MetricBrowserSeed.Today, 100, Type: MetricType.Gauge)));

        async Task<string> SecondsAsync(MetricsRequest request) => string.Join(
            ' ', (await services.Get<IMetricBrowser>().ListAsync(request, Token)).Metrics.Select(metric => (metric.LastSeen!.Value - MetricBrowserSeed.Today.From) / Seed.Second));
    }

    [Fact]
    public async Task List_MoreServicesThanAreNamed_SaysHowManyThereAre()
    {
        await using QueryServices services = await QueryServices.CreateAsync(engines, "metric_browser_services");
        byte[] requests = [.. Enumerable.Range(0, 103).SelectMany(i => MetricBrowserSeed.Request($"service-{i}", "h", MetricBrowserSeed.Gauge("shared", "", 60)))];
        await MetricBrowserSeed.InsertAsync(services.Engine, requests);
        MetricEntry entry = (await services.Get<IMetricBrowser>().ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 1), Token)).Metrics.Single();
        Assert.Equal((103L, 103L), (entry.ServiceCount, entry.SeriesCount));
        Assert.Equal(100, entry.Services.Distinct().Count());
        Assert.Equal(entry.Services.Order(StringComparer.Ordinal), entry.Services);
    }

    [Fact]
    public async Task List_LastPointLongAgo_HasTheDayAlone()
    {
        TimeRange later = MetricBrowserSeed.Today with { To = MetricBrowserSeed.Today.From + (120 * Minute) };
        var time = new FixedTime(DateTimeOffset.UnixEpoch.AddTicks((later.To - Minute) / TimeSpan.NanosecondsPerTick));
        var browser = (IMetricBrowser)TestQueryEngine.Services(fixture.Get<IStorageEngine>(), time).GetService(typeof(IMetricBrowser))!;
        MetricEntry entry = (await browser.ListAsync(new MetricsRequest(later, 1), Token)).Metrics.Single();
        Assert.Equal((new DateOnly(2026, 1, 2), null), (entry.LastDay, entry.LastSeen));
        MetricDetails details = await browser.DetailsAsync(entry.Metric.Name, later, Token);
        Assert.Equal(MetricBrowserSeed.Today.From + Minute, details.Metrics.Single().Metric.LastSeen);
    }

    [Theory]
    [InlineData("", null, MetricType.Gauge, "http.requests queue.length")]
    [InlineData("HTTP", null, null, "http.requests http.requests http.server.request.duration")]
    [InlineData("http_server", null, null, "http.server.request.duration")]
    [InlineData("/size", null, null, "payload/size")]
    [InlineData("%", null, null, "")]
    [InlineData("\\", null, null, "")]
    [InlineData("'; DROP TABLE metric_series", null, null, "")]
    [InlineData("", "shop", null, "http.requests http.server.request.duration sent")]
    [InlineData("", "shop", MetricType.Sum, "http.requests sent")]
    [InlineData("", "nobody", null, "")]
    [InlineData("requests", "mailer", MetricType.Gauge, "http.requests")]
    public async Task List_Filtered_HasWhatFits(string part, string? service, MetricType? type, string names)
    {
        MetricList list = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 100, NamePart: part, Service: service, Type: type), Token);
        Assert.Equal(names, string.Join(' ', list.Metrics.Select(metric => metric.Metric.Name)));
        Assert.Equal(list.Metrics.Count, list.Total);
    }

    [Fact]
    public async Task List_Cut_SaysWhereToGoOn()
    {
        MetricList first = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 5), Token);
        Assert.Contains("These are 5 of 7 metrics: go on with offset=5, or narrow the question by q, service or type.", first.Notices);
        MetricList rest = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 5, 5), Token);
        Assert.Equal(["queue.length", "sent"], rest.Metrics.Select(metric => metric.Metric.Name));
        Assert.Single(rest.Notices);
        MetricList beyond = await Browser.ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 5, 50), Token);
        Assert.Equal((0, 7L), (beyond.Metrics.Count, beyond.Total));
        Assert.Contains("There are 7 metrics, so none from the offset 50 on.", beyond.Notices);
    }

    [Theory]
    [InlineData("http.requests", "http_requests_ratio http_requests_total")]
    [InlineData("http.server.request.duration", "http_server_request_duration_seconds http_server_request_duration_seconds_bucket http_server_request_duration_seconds_count http_server_request_duration_seconds_sum")]
    [InlineData("payload/size", "payload_size_bytes payload_size_bytes_count payload_size_bytes_sum")]
    public async Task PrometheusNames_OfAMetric_AreThoseThatPromQLKnows(string name, string expected)
    {
        MetricDetails details = await Browser.DetailsAsync(name, MetricBrowserSeed.Today, Token);
        string[] names = [.. details.Metrics.SelectMany(metric => metric.Metric.PrometheusNames)];
        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        foreach (string exposed in names)
        {
            JsonElement series = await JsonAsync($"/prometheus/api/v1/series?match[]={exposed}");
            Assert.NotEqual(0, series.GetProperty("data").GetArrayLength());
        }
    }

    [Fact]
    public async Task Details_OfAName_CountTheValuesOfEachLabel()
    {
        MetricDetails details = await Browser.DetailsAsync("http.requests", MetricBrowserSeed.BothDays, Token);
        Assert.Equal(
            ["1 http.route:1/1 status:1/1", "{request} http.route:2/2 status:2/2"],
            details.Metrics.Select(metric => $"{metric.Metric.Metric.Unit} {string.Join(' ', metric.Labels.Select(label => $"{label.Name}:{label.Values}/{label.Series}"))}"));
    }

    [Theory]
    [InlineData("http.request", "No metric is called \"http.request\" in this time range. Nearest known: http.requests.")]
    [InlineData("http_requests_total", "No metric is called \"http_requests_total\" in this time range. It is Prometheus's name of http.requests: ask for that.")]
    [InlineData("xyz", "No metric is called \"xyz\" in this time range. GET /api/v1/metrics lists those that there are.")]
    public async Task Labels_OfAnUnknownName_SayWhatMayBeMeant(string name, string detail)
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync($"/api/v1/metrics/labels?name={name}", Token);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(detail, (await BodyAsync(response)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/api/v1/metrics?type=counter", "type is gauge, sum, histogram, exponential_histogram or summary; not \"counter\".")]
    [InlineData("/api/v1/metrics?limit=0", "limit is a number from 1 to 10000; not \"0\".")]
    [InlineData("/api/v1/metrics?name=x", "There is no parameter \"name\" here. Parameters: q, service, type, from, to, limit, offset.")]
    [InlineData("/api/v1/metrics/labels", "name is the name of a metric, as GET /api/v1/metrics lists it.")]
    public async Task WrongParameter_IsAProblem(string path, string detail)
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(detail, (await BodyAsync(response)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("listMetrics", "/api/v1/metrics")]
    [InlineData("listMetrics", "/api/v1/metrics?from=2025-12-31&to=2200-01-01&service=shop&type=sum&q=http&limit=1")]
    [InlineData("metricLabels", "/api/v1/metrics/labels?name=payload%2Fsize&to=2200-01-01")]
    [InlineData("metricLabels", "/api/v1/metrics/labels?name=http.requests&from=2025-12-31")]
    [InlineData("metricLabels", "/api/v1/metrics/labels?name=nothing")]
    public async Task Answer_IsAsTheDocumentSays(string operation, string path)
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        using HttpResponseMessage response = await fixture.Client.GetAsync(path, Token);
        await document.AssertDescribesAsync(operation, response);
    }

    [Fact]
    public async Task List_WhileAnotherProcessAddsSeries_HasThem()
    {
        await using QueryServices services = await QueryServices.CreateAsync(engines, "metric_browser_added");
        Assert.Empty((await services.Get<IMetricBrowser>().ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 100), Token)).Metrics);
        for (int i = 1; i <= 3; i++)
        {
            await MetricBrowserSeed.InsertAsync(services.Engine, MetricBrowserSeed.Request("shop", $"h{i}", MetricBrowserSeed.Gauge($"g{i}", "", 0), MetricBrowserSeed.Gauge("all", "", 0)));

            // Another limit is another question, for which no answer is kept.
            MetricList list = await services.Get<IMetricBrowser>().ListAsync(new MetricsRequest(MetricBrowserSeed.Today, 100 + i), Token);
            Assert.Equal(i + 1, list.Metrics.Count);
            Assert.Equal(i, list.Metrics[0].SeriesCount);
        }
    }

    private static string Text(MetricEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Metric.Name} {entry.Metric.Unit} {entry.Metric.Type} {entry.Metric.IsMonotonic} {string.Join(',', entry.Temporalities)} [{string.Join(',', entry.Labels)}] {string.Join(',', entry.Services)} {entry.ServiceCount} {entry.SeriesCount}");

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await fixture.Client.GetStringAsync(path, Token)).RootElement;
}
