using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Observe.Tests.Query.Api;

public sealed class FieldsApiTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fields_OfAQuery_HaveTheirFigures()
    {
        JsonElement answer = await GetAsync("/api/v1/fields?q=" + Uri.EscapeDataString("service.name=checkout"));
        Assert.Equal("logs", answer.GetProperty("signal").GetString());
        Assert.Equal(
            """{"name":"tags","source":"attribute","types":["array"],"records":1,"share":0.5,"distinct":2,"lastSeen":"2026-01-02T03:04:01.000000000Z","firstDay":"2026-01-02","lastDay":"2026-01-02"}""",
            answer.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "tags").GetRawText());
        Assert.Equal(
            """{"records":2,"from":"2026-01-02T02:05:00.000000000Z","to":"2026-01-02T03:05:00.000000000Z","isComplete":true}""",
            answer.GetProperty("sample").GetRawText());
        Assert.Equal(0, answer.GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task Fields_Column_HasNoDays()
    {
        JsonElement column = (await GetAsync("/api/v1/fields?signal=spans")).GetProperty("fields")[0];
        Assert.Equal("timestamp", column.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, column.GetProperty("firstDay").ValueKind);
    }

    [Fact]
    public async Task Values_MixedTypes_StayApart()
    {
        JsonElement answer = await GetAsync("/api/v1/fields/http.status/values?q=" + Uri.EscapeDataString("http.status=500 or http.status=200"));
        Assert.Equal(
            """[{"value":200.0,"type":"double","records":1,"share":0.333333},{"value":500,"type":"int","records":1,"share":0.333333},{"value":"500","type":"string","records":1,"share":0.333333}]""",
            answer.GetProperty("values").GetRawText());
        Assert.Equal((3, 3), (answer.GetProperty("records").GetInt32(), answer.GetProperty("distinct").GetInt32()));
        Assert.Equal("http.status", answer.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Values_LimitAndPrefix_AreHonoured()
    {
        JsonElement answer = await GetAsync("/api/v1/fields/user.id/values?limit=1&prefix=U&source=attribute");
        Assert.Equal("u1", Assert.Single(answer.GetProperty("values").EnumerateArray()).GetProperty("value").GetString());
        Assert.Equal(2, answer.GetProperty("distinct").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/fields/odd%20%60key%60%20%5C%20%27x%27/values", "odd `key` \\ 'x'")]
    [InlineData("/api/v1/fields/values?name=odd%20%60key%60%20%5C%20%27x%27", "odd `key` \\ 'x'")]
    [InlineData("/api/v1/fields/a/b%2Fc/values", "a/b/c")]
    [InlineData("/api/v1/fields/100%252F/values", "100%2F")]
    [InlineData("/api/v1/fields/values/values", "values")]
    [InlineData("/api/v1/fields/values?name=", "")]
    [InlineData("/api/v1/fields/values?name=..%2F..%2Fvalues", "../../values")]
    [InlineData("/api/v1/fields/%E4%B8%96/values", "世")]
    public async Task Values_NameOfAnyCharacters_IsTheOneAskedFor(string path, string name) =>
        Assert.Equal(name, (await GetAsync(path)).GetProperty("name").GetString());

    [Fact]
    public async Task Values_OddName_AreFound() => Assert.Equal(
        "v", (await GetAsync("/api/v1/fields/odd%20%60key%60%20%5C%20%27x%27/values")).GetProperty("values")[0].GetProperty("value").GetString());

    [Fact]
    public async Task Values_NameTooLongForAPath_IsTakenFromAForm()
    {
        string name = new('n', 10_000);
        using var content = new FormUrlEncodedContent([new("name", name)]);
        HttpResponseMessage response = await fixture.Client.PostAsync(new Uri("/api/v1/fields/values", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((name, 0), (answer.GetProperty("name").GetString(), answer.GetProperty("values").GetArrayLength()));
    }

    [Theory]
    [InlineData("/api/v1/fields/values", "The path is /api/v1/fields/NAME/values, or /api/v1/fields/values?name=NAME.")]
    [InlineData("/api/v1/fields/user.id", "The path is /api/v1/fields/NAME/values, or /api/v1/fields/values?name=NAME.")]
    [InlineData("/api/v1/fields/user.id/values?limit=0", "limit is a number from 1 to 1000; not \"0\".")]
    [InlineData("/api/v1/fields/user.id/values?source=x", "source is column, attribute, resource, scope or body; not \"x\".")]
    [InlineData("/api/v1/fields?signal=logs&q=spans", "signal says logs, the query spans: leave one of them out.")]
    [InlineData("/api/v1/fields/x.%3A%60Int64%60/values", "Fields with .:` in their name are kept, but cannot be asked for: look at whole records.")]
    public async Task Any_WrongParameter_IsAProblem(string path, string detail)
    {
        HttpResponseMessage response = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(detail, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        HttpResponseMessage response = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
