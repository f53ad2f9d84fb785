using System.Text.Json;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Selection;

public sealed class ClashingNamesTests(ClashFixture fixture) : IClassFixture<ClashFixture>
{
    private const long Minute = 60_000_000_000;

    [Theory]
    [InlineData("""sum({"wait.time"})""", "{} 1001")]
    [InlineData("""count(abs({"wait.time"}))""", "{} 2")]
    [InlineData("""count(count by (otel_series_id) ({"wait.time"}))""", "{} 2")]
    [InlineData("sum(wait_time_seconds)", "{} 4")]
    [InlineData("count(avg_over_time(wait_time_seconds[3m]))", "{} 2")]
    [InlineData("sum(wait_time_milliseconds)", "{} 1000")]
    [InlineData("count by (otel_series_id) (wait_time_milliseconds)", "{} 1")]
    [InlineData("""sum by (job, exported_job) (batch_runs)""", """{exported_job="hourly", job="hand"} 6 ; {exported_job="nightly", job="hand"} 5""")]
    [InlineData("""sum by (exported_job) ({"batch.runs", exported_job="nightly"})""", """{exported_job="nightly"} 5""")]
    [InlineData("""sum by (exported_instance, otel_series_id) (batch_size{instance="i-1"})""", """{exported_instance="large"} 7""")]
    public async Task Ask_NamesThatClash_TellsSeriesApart(string query, string expected)
    {
        var service = fixture.Get<IPromQLService>();
        long time = (long)Arrivals.Base + (5 * Minute);
        PromQLAnswer instant = await service.InstantAsync(query, time, null, TestContext.Current.CancellationToken);
        PromQLAnswer range = await service.RangeAsync(query, new Grid(time - Minute, Minute, 2), null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, AnswerText.Of(instant, isOrdered: false));
        Assert.Equal(((VectorValue)instant.Value!).Series.Count, ((VectorValue)range.Value!).Series.Count(series => series.Has(1)));
    }

    [Fact]
    public async Task Labels_AttributeNamedLikeATargetsLabel_IsExported()
    {
        Assert.Superset(new HashSet<string?>(["job", "exported_job", "instance", "exported_instance"]), await ListAsync("labels"));
        Assert.Equal(["hourly", "nightly"], await ListAsync("label/exported_job/values"));
        Assert.Equal(["hand"], await ListAsync("label/job/values"));
    }

    private async Task<HashSet<string?>> ListAsync(string path)
    {
        using JsonDocument answer = JsonDocument.Parse(await fixture.Client.GetStringAsync($"/prometheus/api/v1/{path}", TestContext.Current.CancellationToken));
        return [.. answer.RootElement.GetProperty("data").EnumerateArray().Select(value => value.GetString())];
    }
}
