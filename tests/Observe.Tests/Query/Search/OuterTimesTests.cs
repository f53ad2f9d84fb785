using System.Net;
using System.Text.Json;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Api;

namespace Observe.Tests.Query.Search;

/// <summary>Time is cut into bins at both ends of what is taken, where an Int64 of nanoseconds is nearly at its own.</summary>
public sealed class OuterTimesTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private const string Latest = "9183110400000";
    private const string BeforeLatest = "9183110399990";

    [Theory]
    [InlineData("0", "10", 10, 0)]
    [InlineData(BeforeLatest, Latest, 10, 0)]
    [InlineData("0", Latest, 292, 5)]
    public async Task Histogram_AtAnEnd_HasItsBins(string from, string to, int bins, int total)
    {
        JsonElement answer = await AnswerAsync($"histogram?from={from}&to={to}", HttpStatusCode.OK);
        Assert.Equal(bins, answer.GetProperty("starts").GetArrayLength());
        Assert.Equal(total, answer.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("0", "10", "auto", 10)]
    [InlineData(BeforeLatest, Latest, "auto", 10)]
    [InlineData("0", Latest, "auto", 292)]
    [InlineData("0", "10", "365d", 1)]
    [InlineData(BeforeLatest, Latest, "365d", 1)]
    [InlineData("0", Latest, "365d", 292)]
    [InlineData("0", Latest, "366d", 291)]
    public async Task Stats_ByBinAtAnEnd_HasEveryBin(string from, string to, string width, int bins)
    {
        string query = Uri.EscapeDataString($"| stats count() by bin({width})");
        JsonElement answer = await AnswerAsync($"query?from={from}&to={to}&limit=1000&q={query}", HttpStatusCode.OK);
        Assert.Equal(bins, answer.GetProperty("rows").GetArrayLength());
    }

    /// <summary>Four of these bins fit an Int64, and five do not.</summary>
    [Fact]
    public async Task Stats_ByABinWiderThanAYear_IsRefused()
    {
        JsonElement problem = await AnswerAsync($"query?from=0&to={Latest}&q={Uri.EscapeDataString("| stats rate() by bin(23000d)")}", HttpStatusCode.BadRequest);
        Assert.Equal(
            "23000d is wider than the widest bin of time, 366 days. Take a narrower one, or bin(auto); without a bin all times are one group.",
            problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Histogram_ToBeyondTheLatest_SaysWhichYearsAreTaken()
    {
        JsonElement problem = await AnswerAsync("histogram?from=0&to=9223372036854", HttpStatusCode.BadRequest);
        Assert.EndsWith("(s, m, h, d, w), from 1970 to 2260.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_TimeBeyondTheLatest_IsRefused()
    {
        string query = Uri.EscapeDataString("timestamp>\"2262-04-11T23:47:16.999999999Z\" | stats count()");
        JsonElement problem = await AnswerAsync($"query?q={query}", HttpStatusCode.BadRequest);
        Assert.EndsWith("from 1970 to 2260.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bins_UpToTheLastNanosecond_AreCounted()
    {
        var bins = new HistogramBins(new TimeRange(long.MaxValue - 10_000_000, long.MaxValue), 10);
        Assert.InRange(bins.Read(SearchSignal.Logs, [], []).Starts.Count, 10, 11);
    }

    [Fact]
    public void WidestBin_AfterTheLatestTime_FitsAnInt64() => Assert.True(TimeExpression.Latest <= long.MaxValue - BinWidths.Widest);

    private async Task<JsonElement> AnswerAsync(string path, HttpStatusCode status)
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, body);
        return JsonElement.Parse(body);
    }
}
