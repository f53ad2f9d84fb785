using System.Text.Json;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Query.Execution;
using Observe.Tests.Storage;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>Pods come and go: of the gauge churn each day has six series of its own, and a query may look at eight.</summary>
public sealed class SeriesDaysTests(EngineFixture engines)
{
    private const int OfADay = 6;
    private const long Day = 86_400;
    private const long Base = (long)(Arrivals.Base / Arrivals.Second);

    private const string BothDays =
        "More than 8 series of churn were seen from 2026-01-02 to 2026-01-03 (UTC), and no more can be looked at: ask for fewer days, or let its senders drop the attribute that makes so many, "
        + "which /api/v1/metrics/cardinality?metric=churn tells. Observe:Query:MaxSeries is the limit.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_OfADay_ReadsNoSeriesOfAnother()
    {
        await using QueryHost host = await StartAsync(new RecordingEngine(await SeedAsync("series_days")));
        Assert.Equal("6", await NumberAsync(host, "count(churn)", Base));
        Assert.Equal("6", await NumberAsync(host, "count(churn)", Base + Day));
        Assert.Equal("6", await NumberAsync(host, "count(churn offset 1d)", Base + Day));
        Assert.Equal("6", await NumberAsync(host, $"count(churn @ {Base})", Base + Day));

        // Each selector has days of its own.
        Assert.Equal("12", await NumberAsync(host, "count(churn) + count(churn offset 1d)", Base + Day));
        Assert.Equal(BothDays, await ErrorAsync(host, $"query?query=count(count_over_time(churn[25h]))&time={Base + Day}"));
        Assert.Equal(BothDays, await ErrorAsync(host, $"query?query=count(last_over_time(churn[25h:1h]))&time={Base + Day}"));
        Assert.Equal(BothDays, await ErrorAsync(host, $"query_range?query=count(churn)&start={Base}&end={Base + Day}&step=3600"));
        Assert.Equal(BothDays, await ErrorAsync(host, $"query_exemplars?query=churn&start={Base}&end={Base + Day}"));
        Assert.Equal(BothDays, await ErrorAsync(host, $"series?match[]=churn&start={Base}&end={Base + Day}"));
        Assert.Equal(BothDays, await ErrorAsync(host, $"label/pod/values?start={Base}&end={Base + Day}"));
        Assert.Equal(OfADay, (await DataAsync(host, $"series?match[]=churn&start={Base}&end={Base}")).GetArrayLength());
        Assert.Equal(OfADay, (await DataAsync(host, $"label/pod/values?match[]=churn&start={Base}&end={Base}")).GetArrayLength());
        Assert.Equal(["churn", "other", "target_info"], (await DataAsync(host, $"label/__name__/values?start={Base}&end={Base}")).EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["churn", "target_info"], (await DataAsync(host, $"label/__name__/values?start={Base + Day}&end={Base + Day}")).EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Selector_OfMoreSeriesOfSeveralMetricsThanMayBe_SaysWhatToNarrow()
    {
        await using QueryHost host = await StartAsync(await SeedAsync("series_days_several"));
        Assert.Equal(
            "The selector means more than 8 series, of 2 metrics on 2026-01-02 (UTC): say more of the name or of the labels. Observe:Query:MaxSeries is the limit.",
            await ErrorAsync(host, $"query?query=count({{__name__=~\"churn|other\"}})&time={Base}"));
    }

    [Fact]
    public async Task Query_AskedAgain_ReadsOnlyWhatIsNew()
    {
        var engine = new RecordingEngine(await SeedAsync("series_days_again"));
        await using QueryHost host = await QueryHost.StartAsync(engine);
        Assert.Equal("6", await NumberAsync(host, "count(churn)", Base));
        Assert.Equal(3, engine.TakeOf("metric_series").Length);

        Assert.Equal("6", await NumberAsync(host, "sum(churn)", Base + 1));
        Assert.Empty(engine.TakeOf("metric_series"));

        // Of another day no labels are known yet.
        Assert.Equal("6", await NumberAsync(host, "count(churn)", Base + Day));
        Assert.Single(engine.TakeOf("metric_series"), IsOfLabels);

        // An addition to anything has it looked again, for the series by number alone.
        await InsertAsync(engine, "unrelated", 0, 1);
        Assert.Equal("6", await NumberAsync(host, "count(churn)", Base));
        Assert.Equal(["ids", "names"], engine.TakeOf("metric_series").Select(text => IsOfLabels(text) ? "labels" : text.Contains("groupUniqArray", StringComparison.Ordinal) ? "ids" : "names").Order());

        await InsertAsync(engine, "churn", 0, 1, "new");
        Assert.Equal("7", await NumberAsync(host, "count(churn)", Base));
        Assert.Contains("SeriesId IN (", Assert.Single(engine.TakeOf("metric_series"), IsOfLabels), StringComparison.Ordinal);
        Assert.Equal("new", (await VectorAsync(host, "churn{pod=\"new-0\"}", Base))[0].GetProperty("metric").GetProperty("pod").GetString()![..3]);
    }

    [Fact]
    public async Task Range_OfManyPieces_AsksOnceWhatWasRefusedAndWhatIsMeant()
    {
        var engine = new RecordingEngine(await SeedAsync("series_days_once"));
        var refusals = new MetricRefusalBatch();
        refusals.Minute.Append((uint)(Base - (Base % 60)));
        refusals.MetricName.Append("churn");
        refusals.AttributeKey.Append("");
        refusals.ServiceName.Append("shop");
        refusals.Points.Append(1);
        await engine.InsertAsync(refusals, null, Token);
        await using QueryHost host = await StartAsync(engine);
        JsonElement answer = await JsonAsync(host, $"query_range?query=sum(churn) / count(churn)&start={Base}&end={Base + 3600}&step=10");
        Assert.Single(answer.GetProperty("warnings").EnumerateArray());
        Assert.Single(engine.TakeOf("metric_refusals"));
    }

    [Fact]
    public async Task Labels_OfEverything_AskForTheResourcesOnce()
    {
        var engine = new RecordingEngine(await SeedAsync("series_days_labels"));
        await using QueryHost host = await StartAsync(engine);
        Assert.Contains("pod", (await DataAsync(host, "labels")).EnumerateArray().Select(label => label.GetString()));
        Assert.Single(engine.TakeOf("metric_series"), text => text.Contains("ResourceId", StringComparison.Ordinal));
        Assert.Equal(["shop"], (await DataAsync(host, "label/job/values")).EnumerateArray().Select(label => label.GetString()));
        Assert.Single(engine.TakeOf("metric_series"), text => text.Contains("ResourceId", StringComparison.Ordinal));
    }

    private static bool IsOfLabels(string text) => text.Contains("Attributes", StringComparison.Ordinal);

    private static Task<QueryHost> StartAsync(IStorageEngine engine) => QueryHost.StartAsync(engine, ("Observe:Query:MaxSeries", "8"));

    private async Task<IStorageEngine> SeedAsync(string database)
    {
        IStorageEngine engine = await engines.DatabaseAsync(database);
        await InsertAsync(engine, "churn", 0, OfADay, "first");
        await InsertAsync(engine, "churn", Day, OfADay, "second");
        await InsertAsync(engine, "other", 0, OfADay);
        return engine;
    }

    private static Task InsertAsync(IStorageEngine engine, string metric, long later, int series, string pod = "pod") => MetricSeed.InsertAsync(engine, Request(
        [("service.name", "shop"), ("process.pid", "1")],
        to => to.String(1, metric).Sub(5, gauge =>
        {
            for (int i = 0; i < series; i++)
            {
                string value = $"{pod}-{i}";
                gauge.Sub(1, point => point
                    .Attribute(7, "pod", v => v.String(1, value)).Fixed64(3, Arrivals.Base + ((ulong)later * Arrivals.Second)).Double(4, 1));
            }
        })));

    private static async Task<string> NumberAsync(QueryHost host, string query, long time) =>
        (await VectorAsync(host, query, time))[0].GetProperty("value")[1].GetString()!;

    private static async Task<JsonElement> VectorAsync(QueryHost host, string query, long time) =>
        (await DataAsync(host, $"query?query={Uri.EscapeDataString(query)}&time={time}")).GetProperty("result");

    private static async Task<JsonElement> DataAsync(QueryHost host, string path) => (await JsonAsync(host, path)).GetProperty("data");

    private static async Task<string> ErrorAsync(QueryHost host, string path)
    {
        JsonElement answer = await JsonAsync(host, path);
        Assert.Equal("execution", answer.GetProperty("errorType").GetString());
        return answer.GetProperty("error").GetString()!;
    }

    private static async Task<JsonElement> JsonAsync(QueryHost host, string path)
    {
        using HttpResponseMessage response = await host.Client.GetAsync($"/prometheus/api/v1/{path}", Token);
        return await QueryHost.ReadJsonAsync(response);
    }
}
