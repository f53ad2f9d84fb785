using System.Text.Json;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.PromQL.Selection;

namespace Observe.Tests.Query.Api.Prometheus;

/// <summary>What Prometheus's interface tells of metrics besides their values, over two days of them.</summary>
public sealed class PrometheusDaysTests(DayFixture fixture) : IClassFixture<DayFixture>
{
    public static TheoryData<string, string> Cases => CaseFile.Read("PromQL/days.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Get_Request_IsAnsweredAsPrometheusDoes(string request, string expected) => PrometheusCase.AssertGetAsync(fixture.Client, request, expected);

    /// <summary>Without a selector they are known from the catalogue, with one they are read of the series.</summary>
    [Theory]
    [InlineData("labels?", new[] { "otel_series_id" })]
    [InlineData("labels?end=2026-01-02T12:00:00Z&", new[] { "otel_series_id" })]
    [InlineData("labels?start=2026-01-03T12:00:00Z&", new[] { "otel_series_id" })]
    [InlineData("labels?start=2026-01-04T12:00:00Z&", new string[0])]
    [InlineData("label/job/values?", new string[0])]
    [InlineData("label/instance/values?end=2026-01-02T12:00:00Z&", new string[0])]
    [InlineData("label/service_name/values?start=2026-01-03T12:00:00Z&", new string[0])]
    [InlineData("label/U__k8s_2e_pod_2e_name/values?", new string[0])]
    [InlineData("label/otel_scope_name/values?", new string[0])]
    [InlineData("label/process_pid/values?", new string[0])]
    public async Task Labels_OfEverything_AreThoseOfAllSeries(string path, string[] ofSeriesAlone)
    {
        string[] all = await TextsAsync(path), ofSeries = await TextsAsync($"{path}match[]={{__name__=~\".%2B\"}}");
        Assert.Equal(ofSeries.Except(ofSeriesAlone), all);
        Assert.Equal(path.Contains("01-04", StringComparison.Ordinal), all.Length == 0);
    }

    [Theory]
    [InlineData("healthy", "Observe is healthy.\n")]
    [InlineData("ready", "Observe is ready.\n")]
    public async Task Probe_OfARunningServer_SaysSo(string probe, string expected) =>
        Assert.Equal(expected, await fixture.Client.GetStringAsync($"/prometheus/-/{probe}", TestContext.Current.CancellationToken));

    private async Task<string[]> TextsAsync(string path)
    {
        string answer = await fixture.Client.GetStringAsync(PrometheusCase.Root + path, TestContext.Current.CancellationToken);
        return [.. JsonElement.Parse(answer).GetProperty("data").EnumerateArray().Select(text => text.GetString()!)];
    }
}
