using System.Net;
using System.Text.Json;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Api;

public sealed class CorrelateApiTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/correlate/4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("/api/v1/correlate/4BF92F35-77B3-4DA6-A3CE-929D0E0E4736")]
    [InlineData("/api/v1/correlate/%20%7B4BF92F35-77B3-4DA6-A3CE-929D0E0E4736%7D%20")]
    [InlineData("/api/v1/correlate/S/kvNXezTaajzpKdDg5HNg==")]
    [InlineData("/api/v1/correlate/S%2FkvNXezTaajzpKdDg5HNg%3D%3D")]
    [InlineData("/api/v1/correlate?id=S%2FkvNXezTaajzpKdDg5HNg%3D%3D")]
    [InlineData("/api/v1/correlate?id=urn%3Auuid%3A4bf92f35-77b3-4da6-a3ce-929d0e0e4736")]
    public async Task Correlate_AnySpellingInPathOrParameter_AnswersTheTimeline(string path)
    {
        JsonElement answer = await GetAsync(path);
        Assert.Equal(
            ["spans GET /orders", "logs Payment timed out for user", "spans SELECT orders", "logs {\"code\":7,\"msg\":\"STRASSE Öffnet\"}"],
            answer.GetProperty("timeline").EnumerateArray().Select(entry => $"{entry.GetProperty("signal").GetString()} {Title(entry.GetProperty("record"))}"));
        JsonElement counts = answer.GetProperty("counts");
        Assert.Equal((2, 2, 3), (counts.GetProperty("logs").GetInt32(), counts.GetProperty("spans").GetInt32(), counts.GetProperty("errors").GetInt32()));
        Assert.True(counts.GetProperty("complete").GetBoolean());
        Assert.Equal("2026-01-02T03:04:01.000000000Z", counts.GetProperty("first").GetString());
        Assert.Equal("2026-01-02T03:04:04.000000000Z", counts.GetProperty("last").GetString());
        Assert.Equal(["checkout", "cart"], answer.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("name").GetString()));
        Assert.Contains(answer.GetProperty("fields").EnumerateArray(), field => field.GetProperty("name").GetString() == "trace_id" && field.GetProperty("records").GetInt32() == 3);
        Assert.Contains(answer.GetProperty("ids").EnumerateArray(), id => id.GetProperty("id").GetString() == Seed.LogOnlyTraceId && id.GetProperty("field").GetString() == "link.trace_id");
        Assert.True(answer.GetProperty("stats").GetProperty("rowsRead").GetInt64() > 0);
    }

    [Fact]
    public async Task Correlate_Nothing_AnswersAnEmptyTimelineAndSaysWhatWasLookedFor()
    {
        JsonElement answer = await GetAsync("/api/v1/correlate/zzz");
        Assert.Equal(0, answer.GetProperty("timeline").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("counts").GetProperty("first").ValueKind);
        Assert.Contains("looked for as zzz", answer.GetProperty("notices")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correlate_Range_Limits() =>
        Assert.Equal(1, (await GetAsync("/api/v1/correlate/4bf92f3577b34da6a3ce929d0e0e4736?from=2026-01-02T03:04:03Z&to=2026-01-02T03:05:00Z")).GetProperty("timeline").GetArrayLength());

    [Theory]
    [InlineData("/api/v1/correlate", "There is no id")]
    [InlineData("/api/v1/correlate/a?limit=0", "limit is a number from 1 to 10000")]
    [InlineData("/api/v1/correlate/a?expand=all", "expand is traces")]
    [InlineData("/api/v1/correlate/a?text=maybe", "text is true or false")]
    [InlineData("/api/v1/correlate/a?from=x", "is not a time")]
    public async Task Correlate_WrongParameter_IsAProblem(string path, string text)
    {
        using HttpResponseMessage answer = await fixture.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static string? Title(JsonElement record) => record.TryGetProperty("name", out JsonElement name) ? name.GetString()
        : record.GetProperty("body") is { ValueKind: JsonValueKind.Object } body ? body.GetRawText() : record.GetProperty("body").GetString();

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await fixture.Client.GetAsync(path, Token);
        string text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
