using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Observe.Query.Search;
using Observe.Tests.Query.Traces;

namespace Observe.Tests.Query.Api;

public sealed class ServiceMapApiTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServiceMap_Get_AnswersNodesAndEdges()
    {
        const string Id = "00000000000000000000000000020001";
        const double Day = 86_400_000;
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("web", SpanText.Of(Id, 1, 0, Day, 50, SpanKind.Client)),
            ("pay", SpanText.Of(Id, 2, 1, Day, 8, SpanKind.Server, error: true)),
            ("pay", SpanText.Of(Id, 3, 2, Day, 2, SpanKind.Client, attributes: SpanText.Attribute("db.system.name", "mysql")))));
        JsonElement answer = await fixture.Client.GetFromJsonAsync<JsonElement>(
            "/api/v1/service-map?from=2026-01-03T03:04:00Z&to=2026-01-03T03:04:10Z", Token);
        JsonElement expected = JsonElement.Parse("""
            {"nodes":[{"name":"pay","type":"service","system":""},{"name":"web","type":"service","system":""},{"name":"mysql","type":"database","system":"mysql"}],
             "edges":[
               {"caller":{"name":"pay","type":"service","system":""},"callee":{"name":"mysql","type":"database","system":"mysql"},
                "requests":1,"requestsPerSecond":0.1,"errors":0,"errorRate":0,"withoutSpan":0,"p50Ms":2,"p95Ms":2,"p99Ms":2},
               {"caller":{"name":"web","type":"service","system":""},"callee":{"name":"pay","type":"service","system":""},
                "requests":1,"requestsPerSecond":0.1,"errors":1,"errorRate":1,"withoutSpan":0,"p50Ms":8,"p95Ms":8,"p99Ms":8}],
             "sample":null,"notices":[]}
            """);
        Assert.True(JsonElement.DeepEquals(expected, answer), answer.ToString());
    }

    [Fact]
    public async Task ServiceMap_WrongRange_IsAProblem()
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync(new Uri("/api/v1/service-map?from=soon", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
