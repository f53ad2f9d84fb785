using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>A published client for Prometheus asks a running Observe for metrics that an official SDK sent to it.</summary>
public sealed class PrometheusClientTests(RunningObserve running) : IClassFixture<RunningObserve>
{
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task PrometheusQuery_EveryKindOfQuestion_IsAnsweredInTheFormThatItReads()
    {
        string run = Guid.NewGuid().ToString("N");
        await NodeClient.SendAsync("http/protobuf", running.Process.OtlpHttp, run);
        await Eventually.GetAsync("the points", async () => await StoredMetrics.PointsAsync(running.Process, run) is { Count: NodeTelemetry.Points } points ? points : null, Visible);
        using JsonDocument document = await NodeClient.AskPrometheusAsync($"{running.Process.Web}/prometheus", run);
        JsonElement answers = document.RootElement;

        Assert.Equal("vector", Text(answers, "instant", "resultType"));
        Assert.Equal(
            ["test_requests_total /cart/{id} 42", "test_requests_total /checkout 7"],
            Results(answers, "instant", one => $"{Text(one, "name")} {Text(one, "labels", "http_route")} {one.GetProperty("value")}"));
        Assert.Equal(["/cart/{id} 42", "/checkout 7"], Results(answers, "sum", one => $"{Text(one, "labels", "http_route")} {one.GetProperty("value")}"));
        Assert.Equal(["4"], Results(answers, "quantile", one => one.GetProperty("value").ToString()));
        Assert.Equal(["8 17"], Results(answers, "joined", one => $"{Text(one, "labels", "host_cpu_count")} {one.GetProperty("value")}"));
        Assert.Equal("matrix", Text(answers, "range", "resultType"));
        Assert.Equal(["/cart/{id} 42", "/checkout 7"], Results(answers, "range", one => $"{Text(one, "labels", "http_route")} {one.GetProperty("last")}"));

        JsonElement series = Assert.Single(answers.GetProperty("series").EnumerateArray());
        Assert.Equal(("test_temperature_celsius", "test/node-cart", $"node-{run}"), (Text(series, "name"), Text(series, "labels", "job"), Text(series, "labels", "instance")));
        Assert.Empty(answers.GetProperty("yesterday").EnumerateArray());
        Assert.Superset(new HashSet<string>(["__name__", "http_route", "instance", "job", "shard", "test_run"]), Texts(answers, "labelNames").ToHashSet());
        Assert.Superset(
            new HashSet<string>(["test_connections", "test_duration_milliseconds_bucket", "test_requests_total", "test_revenue_EUR_total", "test_size_bytes_count"]),
            Texts(answers, "metricNames").ToHashSet());
        Assert.Equal(["/cart/{id}", "/checkout"], Texts(answers, "routes"));

        JsonElement metadata = Assert.Single(answers.GetProperty("metadata").GetProperty("test_requests_total").EnumerateArray());
        Assert.Equal(("counter", "Requests served", ""), (Text(metadata, "type"), Text(metadata, "help"), Text(metadata, "unit")));
        Assert.Contains("target_info", Texts(answers, "allMetadata"));
        Assert.Empty(answers.GetProperty("rules").EnumerateArray());
        Assert.Empty(answers.GetProperty("alerts").EnumerateArray());
        Assert.Equal("Observe", Text(answers, "application"));

        Assert.Equal("400 error bad_data", Error(answers, "syntaxError"));
        Assert.Equal("400 error bad_data", Error(answers, "stepError"));
        Assert.Equal("404 error not_found", Error(answers, "noSuchPath"));
        Assert.Equal("422 error execution", Error(answers, "matchingError"));
    }

    private static string Error(JsonElement answers, string name)
    {
        JsonElement error = answers.GetProperty(name);
        Assert.NotEmpty(Text(error, "error"));
        return $"{error.GetProperty("httpStatus")} {Text(error, "status")} {Text(error, "errorType")}";
    }

    private static IEnumerable<string> Results(JsonElement answers, string name, Func<JsonElement, string> read) =>
        answers.GetProperty(name).GetProperty("result").EnumerateArray().Select(read).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonElement answers, string name) => answers.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    private static string Text(JsonElement json, params string[] path) => path.Aggregate(json, (at, name) => at.GetProperty(name)).GetString()!;
}
