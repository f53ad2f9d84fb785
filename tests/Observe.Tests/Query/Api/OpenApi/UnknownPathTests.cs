using System.Net;
using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

public sealed class UnknownPathTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    [Theory]
    [InlineData("/api/v1/querry", "There is no path /api/v1/querry; did you mean /api/v1/query? GET /api/openapi.json describes all.")]
    [InlineData("/api/query", "There is no path /api/query; did you mean /api/v1/query? GET /api/openapi.json describes all.")]
    [InlineData("/api/v2/services?from=now-1d", "There is no path /api/v2/services; did you mean /api/v1/services? GET /api/openapi.json describes all.")]
    [InlineData("/api/v1/trace/4bf92f3577b34da6a3ce929d0e0e4736", "There is no path /api/v1/trace/4bf92f3577b34da6a3ce929d0e0e4736; did you mean /api/v1/traces/{traceId}? GET /api/openapi.json describes all.")]
    [InlineData("/api/v1/field/http.route/values", "There is no path /api/v1/field/http.route/values; did you mean /api/v1/fields/{name}/values? GET /api/openapi.json describes all.")]
    [InlineData("/api/v1/metric", "There is no path /api/v1/metric; did you mean /api/v1/metrics? GET /api/openapi.json describes all.")]
    [InlineData("/api/health/redy", "There is no path /api/health/redy; did you mean /health/ready? GET /api/openapi.json describes all.")]
    [InlineData("/api/v1/a/an-id-that-is-long-enough-to-allow-for-many-differences", "There is no path /api/v1/a/an-id-that-is-long-enough-to-allow-for-many-differences. GET /api/openapi.json describes all.")]
    [InlineData("/api/v1/dashboards", "There is no path /api/v1/dashboards. GET /api/openapi.json describes all.")]
    [InlineData("/api/", "There is no path /api/. GET /api/openapi.json describes all.")]
    [InlineData("/api", "There is no path /api. GET /api/openapi.json describes all.")]
    public async Task Path_Unknown_IsAProblemThatNamesTheNearest(string path, string detail) =>
        Assert.Equal(detail, (await ProblemAsync(HttpMethod.Get, path, HttpStatusCode.NotFound, "path")).Detail);

    [Fact]
    public async Task Path_OfThousandsOfCharacters_IsNotCompared()
    {
        string path = "/api/v1/x/" + new string('a', 7_500);
        Assert.DoesNotContain("did you mean", (await ProblemAsync(HttpMethod.Get, path, HttpStatusCode.NotFound, "path")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/sql?sql=SELECT", "POST", "/api/v1/sql takes POST, not GET. GET /api/openapi.json describes all.")]
    [InlineData("DELETE", "/api/v1/query", "GET, POST", "/api/v1/query takes GET or POST, not DELETE. GET /api/openapi.json describes all.")]
    [InlineData("POST", "/api/v1/correlate/a%2Fb", "GET", "/api/v1/correlate/a%2Fb takes GET, not POST. GET /api/openapi.json describes all.")]
    [InlineData("GET", "/api/v1/queries/12", "DELETE", "/api/v1/queries/12 takes DELETE, not GET. GET /api/openapi.json describes all.")]
    public async Task Method_NotTaken_IsAProblemThatNamesThoseThatAre(string method, string path, string allow, string detail)
    {
        (string text, IEnumerable<string> allowed) = await ProblemAsync(new HttpMethod(method), path, HttpStatusCode.MethodNotAllowed, "method");
        Assert.Equal(detail, text);
        Assert.Equal(allow, string.Join(", ", allowed));
    }

    private async Task<(string Detail, IEnumerable<string> Allow)> ProblemAsync(HttpMethod method, string path, HttpStatusCode status, string type)
    {
        using var request = new HttpRequestMessage(method, path);
        using HttpResponseMessage response = await fixture.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        JsonElement problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([], document.Schemas.Errors(document.Schemas.Resolve("#/components/schemas/Problem"), problem));
        Assert.Equal($"urn:observe:problem:{type}", problem.GetProperty("type").GetString());
        return (problem.GetProperty("detail").GetString()!, response.Content.Headers.Allow);
    }
}
