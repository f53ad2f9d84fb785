using System.Text.Json;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Query.Execution;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Cardinality;

/// <summary>What ingest refused is told to those who ask for the metric, by whatever process refused it.</summary>
public sealed class RefusalWarningTests(EngineFixture engines)
{
    private const string Warning =
        "PromQL warning: new series of \"run.away\" are missing, because it had reached its limit of series (see /api/v1/metrics/cardinality): ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_MetricAtItsLimit_HasAWarningForThatTimeAndNoOther()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_warning");
        await using QueryHost host = await QueryHost.StartAsync(engine);
        ulong now = (ulong)UnixTime.Now(TimeProvider.System);
        await PostAsync(engine, "run.away", 2, now);

        // Before anything is refused nothing is said, and that is not remembered for longer than it is true.
        Assert.Empty(await WarningsAsync(host, "run_away_ratio", now));
        await PostAsync(engine, "run.away", 4, now);
        await PostAsync(engine, "sane", 2, now);

        Assert.Equal([Warning + "run_away_ratio"], await WarningsAsync(host, "sum(run_away_ratio) + sum(sane_ratio)", now));
        Assert.Equal([Warning + "{\"run.away\"}"], await WarningsAsync(host, "rate({\"run.away\"}[5m])", now));
        Assert.Empty(await WarningsAsync(host, "sane_ratio", now));
        Assert.Empty(await WarningsAsync(host, "run_away_ratio offset 1h", now));
        Assert.Empty(await WarningsAsync(host, "run_away_ratio", now - 3_600_000_000_000));
    }

    private static async Task PostAsync(IStorageEngine engine, string metric, int series, ulong time)
    {
        await using IngestHost ingest = await IngestHost.StartAsync(engine, ("Observe:Ingest:Cardinality:MaxSeriesPerMetric", "3"));
        byte[] request = OtlpWriter.Request([.. Enumerable.Range(0, series).Select(n =>
            OtlpWriter.Gauge(metric, point => point.Attribute(7, "n", v => v.Int(3, n)).Fixed64(3, time).Double(4, n)))]);
        using var content = new ByteArrayContent(request) { Headers = { { "Content-Type", "application/x-protobuf" } } };
        using HttpResponseMessage response = await ingest.Http.PostAsync("/v1/metrics", content, Token);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string[]> WarningsAsync(QueryHost host, string query, ulong time)
    {
        string answer = await host.Client.GetStringAsync($"/prometheus/api/v1/query?query={Uri.EscapeDataString(query)}&time={time / 1e9:F3}", Token);
        return JsonElement.Parse(answer).TryGetProperty("warnings", out JsonElement warnings) ? [.. warnings.EnumerateArray().Select(one => one.GetString()!)] : [];
    }
}
