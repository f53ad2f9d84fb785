using System.Globalization;
using System.Text.Json;
using Observe.Tests.Query.PromQL.Selection;

namespace Observe.Tests.Query.Api.Prometheus;

/// <summary>Many metrics and many exemplars.</summary>
public sealed class PrometheusManyTests(ManyFixture fixture) : IClassFixture<ManyFixture>
{
    [Theory]
    [InlineData("label/__name__/values", ManyFixture.Metrics + 2)]
    [InlineData("label/__name__/values?match[]={part=\"3\"}", 86)]
    [InlineData("label/part/values", 7)]
    [InlineData("label/part/values?match[]={part=~\"[0-2]\"}", 3)]
    [InlineData("label/job/values", 1)]
    [InlineData("labels", 7)]
    [InlineData("labels?match[]={part!=\"\"}", 6)]
    [InlineData("series?match[]={__name__=~\".%2B\"}", ManyFixture.Metrics + 2)]
    [InlineData("series?match[]={job=\"many\"}&start=2026-01-02T00:00:00Z", ManyFixture.Metrics + 2)]
    [InlineData("series?match[]={job=\"many\"}&start=2026-01-03T00:00:00Z", 0)]
    [InlineData("metadata", ManyFixture.Metrics + 2)]
    public async Task List_OfMoreMetricsThanAQueryMayMean_IsWhole(string path, int count)
    {
        JsonElement data = (await AnswerAsync(path)).GetProperty("data");
        Assert.Equal(count, data.ValueKind == JsonValueKind.Array ? data.GetArrayLength() : data.EnumerateObject().Count());
    }

    [Fact]
    public Task Query_OfMoreMetricsThanItMayMean_SaysHowManyThereAre() => PrometheusCase.AssertGetAsync(
        fixture.Client, "query?query={job=\"many\"}",
        """422 {"status":"error","errorType":"execution","error":"The selector means 602 metrics, and 500 can be read at once: say more of the name, such as {__name__=~\"http_.*\"}."}""");

    [Fact]
    public async Task Exemplars_MoreThanAnAnswerHas_AreTheLatestWithAWarning()
    {
        JsonElement answer = await AnswerAsync("query_exemplars?query=traced");
        JsonElement[] exemplars = [.. answer.GetProperty("data")[0].GetProperty("exemplars").EnumerateArray()];
        string[] values = [.. Enumerable.Range(0, 10_000).Reverse().Select(value => value.ToString(CultureInfo.InvariantCulture))];
        Assert.Equal(values, exemplars.Select(exemplar => exemplar.GetProperty("value").GetString()));
        Assert.Equal(
            "there are more exemplars than 10000, and these are the latest: take a shorter range, or select fewer series",
            Assert.Single(answer.GetProperty("warnings").EnumerateArray()).GetString());
    }

    private async Task<JsonElement> AnswerAsync(string path)
    {
        string text = await fixture.Client.GetStringAsync(PrometheusCase.Root + path, TestContext.Current.CancellationToken);
        return JsonElement.Parse(text);
    }
}
