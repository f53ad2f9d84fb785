using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Query.Search;
using Observe.Query.Traces;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Query.Traces;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Api;

public sealed class TraceApiTests(QueryApiFixture fixture, EngineFixture engines) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trace_Json_HasSummaryIssuesAndNotices()
    {
        const string Id = "00000000000000000000000000000b01";
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("shop", SpanText.Of(Id, 1, 0, 0, 100, SpanKind.Server, "GET /buy", error: true)), ("pay", SpanText.Of(Id, 2, 1, -4, 50)), ("pay", SpanText.Of(Id, 3, 6, 7, 5))));
        JsonElement answer = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/traces/{Id}", Token);
        JsonElement expected = JsonElement.Parse("""
            {"rootService":"shop","rootName":"GET /buy","start":"2026-01-02T03:03:59.996000000Z","duration":104000000,"spanCount":3,"errorCount":1,
             "services":[{"name":"pay","spanCount":2,"errorCount":0},{"name":"shop","spanCount":1,"errorCount":1}],
             "incomplete":true,"roots":1,"missingParents":1,"duplicateSpanIds":0,"cyclic":0,"skewed":1}
            """);
        Assert.True(JsonElement.DeepEquals(expected, answer.GetProperty("summary")), answer.GetProperty("summary").ToString());
        Assert.Equal(
            ["""["begins_before_parent"]""", "[]", """["missing_parent"]"""],
            answer.GetProperty("spans").EnumerateArray().Select(span => span.GetProperty("issues").GetRawText()));
        Assert.Equal(2, answer.GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task Trace_LogsAlone_HasNullsForWhatSpansTell()
    {
        JsonElement answer = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/traces/{Seed.LogOnlyTraceId}", Token);
        JsonElement summary = answer.GetProperty("summary");
        Assert.All(["rootService", "rootName", "start", "duration"], name => Assert.Equal(JsonValueKind.Null, summary.GetProperty(name).ValueKind));
        Assert.True(summary.GetProperty("incomplete").GetBoolean());
    }

    [Fact]
    public async Task Trace_Otlp_IsWhatTheSpecificationSays()
    {
        JsonElement answer = await OtlpAsync(Seed.TraceId);
        JsonElement expected = JsonElement.Parse("""
            {"resourceSpans":[{
              "resource":{"attributes":[{"key":"host.name","value":{"stringValue":"h1"}},{"key":"replicas","value":{"intValue":"3"}},{"key":"service.name","value":{"stringValue":"checkout"}}],
                "droppedAttributesCount":7},
              "schemaUrl":"https://schema.example/r",
              "scopeSpans":[{
                "scope":{"name":"lib","version":"1.0","attributes":[{"key":"team","value":{"stringValue":"core"}}],"droppedAttributesCount":8},
                "schemaUrl":"https://schema.example/s",
                "spans":[
                  {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","traceState":"vendor=1","flags":257,"name":"GET /orders","kind":2,
                   "startTimeUnixNano":"1767323041000000000","endTimeUnixNano":"1767323041250000000",
                   "attributes":[{"key":"db.rows","value":{"intValue":"3"}},{"key":"user.id","value":{"stringValue":"u1"}}],
                   "events":[{"timeUnixNano":"1767323041000000005","name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"Declined"}},
                     {"key":"n","value":{"intValue":"5"}},{"key":"d","value":{"doubleValue":5}}],"droppedAttributesCount":1}],
                   "droppedEventsCount":4,
                   "links":[{"traceId":"00000000000000000000000000000abc","spanId":"00f067aa0ba902b7","traceState":"s=1","attributes":[{"key":"why","value":{"stringValue":"retry"}}],
                     "droppedAttributesCount":2,"flags":1}],
                   "droppedLinksCount":6,
                   "status":{"message":"card declined","code":2}},
                  {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b8","parentSpanId":"00f067aa0ba902b7","flags":257,"name":"SELECT orders","kind":3,
                   "startTimeUnixNano":"1767323042000000000","endTimeUnixNano":"1767323042100000000",
                   "attributes":[{"key":"db.system","value":{"stringValue":"pg"}}],"droppedEventsCount":4,"droppedLinksCount":6,"status":{}}]}]}]}
            """);
        Assert.True(JsonElement.DeepEquals(expected, answer), answer.ToString());
    }

    [Fact]
    public async Task Trace_Otlp_SentToAnotherStore_IsTheSameTrace()
    {
        const string Id = "00000000000000000000000000000b02";
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("shop", SpanText.Of(Id, 1, 0, 0, 100, SpanKind.Server, attributes: """
                {"key":"text","value":{"stringValue":"<ö\"\n\u2028>"}},{"key":"int","value":{"intValue":"9223372036854775807"}},{"key":"double","value":{"doubleValue":2.5}},
                {"key":"whole","value":{"doubleValue":5}},{"key":"nan","value":{"doubleValue":"NaN"}},{"key":"low","value":{"doubleValue":"-Infinity"}},
                {"key":"flag","value":{"boolValue":false}},{"key":"none","value":{}},{"key":"map","value":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}}},
                {"key":"ints","value":{"arrayValue":{"values":[{"intValue":"1"},{"intValue":"2"}]}}},
                {"key":"mixed","value":{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x"},{},{"kvlistValue":{"values":[{"key":"k","value":{"boolValue":true}}]}},{"arrayValue":{"values":[{"doubleValue":1.5}]}}]}}}
                """)),
            ("pay", SpanText.Of(Id, 2, 1, 1, 50, SpanKind.Consumer, error: true))));
        JsonElement sent = await OtlpAsync(Id);

        IStorageEngine second = await engines.DatabaseAsync("trace_otlp_again");
        await second.AddSpansAsync(sent.GetRawText());
        await using ServiceProvider services = new ServiceCollection().AddSingleton(second).AddObserveQuery(new ConfigurationBuilder().Build()).BuildServiceProvider();
        Trace again = Assert.IsType<Trace>(await services.GetRequiredService<ITraceService>().GetTraceAsync(Id, Token));
        await using ServiceProvider first = new ServiceCollection().AddSingleton(fixture.Engine).AddObserveQuery(new ConfigurationBuilder().Build()).BuildServiceProvider();
        Trace before = Assert.IsType<Trace>(await first.GetRequiredService<ITraceService>().GetTraceAsync(Id, Token));

        Assert.Equal(before.Spans.Count, again.Spans.Count);
        for (int i = 0; i < before.Spans.Count; i++)
        {
            Assert.Equivalent(before.Spans[i], again.Spans[i], strict: true);
        }

        Assert.Equivalent(before.Summary, again.Summary, strict: true);
        Assert.Equal(double.NaN, again.Spans[0].Attributes["nan"]);
        Assert.Equal(5.0, again.Spans[0].Attributes["whole"]);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("text/html, application/json; otlp", true)]
    [InlineData("Application/JSON;q=0.9;OTLP", true)]
    [InlineData("text/plain;otlp", false)]
    public async Task Trace_Accept_ChoosesTheForm(string accept, bool otlp)
    {
        JsonElement answer = await OtlpAsync(Seed.TraceId, accept);
        Assert.Equal(otlp, answer.TryGetProperty("resourceSpans", out _));
    }

    private async Task<JsonElement> OtlpAsync(string id, string accept = "application/json;otlp")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/traces/{id}");
        Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        using HttpResponseMessage response = await fixture.Client.SendAsync(request, Token);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
