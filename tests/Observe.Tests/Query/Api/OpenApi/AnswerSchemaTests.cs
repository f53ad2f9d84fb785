using System.Text;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Tests.Query.Execution;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Query.Tail;
using Observe.Tests.Storage;
using static Observe.Tests.Query.Correlation.Arrivals;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>What the routes answer is what the document says of it, member by member.</summary>
public sealed class AnswerSchemaTests(QueryApiFixture fixture, EngineFixture engines) : IClassFixture<QueryApiFixture>
{
    private const string TracePath = $"/api/v1/traces/{Seed.TraceId}";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The operation, its request, the media type that is accepted, and a form to send.</summary>
    public static readonly TheoryData<string, string, string?, string?> Requests = new()
    {
        { "query", "/api/v1/query", null, null },
        { "query", "/api/v1/query?q=spans", null, null },
        { "query", "/api/v1/query?q=" + Uri.EscapeDataString("| stats count(), avg(duration_ms), values(user.id) by service.name, bin(1m)"), null, null },
        { "query", "/api/v1/query?q=" + Uri.EscapeDataString("retry | let ms = duration_ms * 2 | parse json from body"), null, null },
        { "query", "/api/v1/query?q=timed&explain=true", null, null },
        { "query", "/api/v1/query?format=ndjson", null, null },
        { "query", "/api/v1/query", "text/csv", null },
        { "query", "/api/v1/query", "application/vnd.apache.arrow.stream", null },
        { "query", "/api/v1/query", "application/vnd.apache.parquet", null },
        { "query", "/api/v1/query?q=%3D", null, null },
        { "query", "/api/v1/query?from=soon", null, null },
        { "queryByPost", "/api/v1/query", null, "q=payment&limit=1" },
        { "histogram", "/api/v1/histogram", null, null },
        { "histogram", "/api/v1/histogram?q=spans&explain=true", null, null },
        { "histogramByPost", "/api/v1/histogram", null, "q=spans" },
        { "trace", TracePath, null, null },
        { "trace", TracePath, "application/json;otlp", null },
        { "trace", $"/api/v1/traces/{Seed.LogOnlyTraceId}", null, null },
        { "trace", "/api/v1/traces/ffffffffffffffffffffffffffffffff", null, null },
        { "trace", "/api/v1/traces/abc", null, null },
        { "correlate", $"/api/v1/correlate?id={Seed.TraceId}&expand=traces", null, null },
        { "correlate", "/api/v1/correlate", null, null },
        { "correlateById", "/api/v1/correlate/nothing", null, null },
        { "tail", "/api/v1/tail?rate=0", null, null },
        { "services", "/api/v1/services", null, null },
        { "serviceMap", "/api/v1/service-map", null, null },
        { "fields", "/api/v1/fields", null, null },
        { "fields", "/api/v1/fields?signal=spans&q=nothing", null, null },
        { "fieldsByPost", "/api/v1/fields", null, "signal=spans" },
        { "fieldValues", "/api/v1/fields/http.status/values", null, null },
        { "fieldValues", "/api/v1/fields/timestamp/values", null, null },
        { "fieldValues", "/api/v1/fields/no/values/here", null, null },
        { "fieldValuesByPost", "/api/v1/fields/duration/values", null, "signal=spans" },
        { "fieldValuesByName", "/api/v1/fields/values?name=user.id&limit=1", null, null },
        { "fieldValuesByNameByPost", "/api/v1/fields/values", null, "name=user.id" },
        { "listMetrics", "/api/v1/metrics", null, null },
        { "metricLabels", "/api/v1/metrics/labels?name=none", null, null },
        { "sql", "/api/v1/sql", null, "sql=SELECT+*+FROM+logs" },
        { "sql", "/api/v1/sql", "application/x-ndjson", "sql=SELECT+1" },
        { "sql", "/api/v1/sql", null, "sql=DROP+TABLE+logs" },
        { "ledger", "/api/v1/ingest/ledger?to=now%2B5m&reasons=true&groupBy=minute,signal,sender,service", null, null },
        { "ledger", "/api/v1/ingest/ledger?to=now%2B5m&service=cart", null, null },
        { "cardinality", "/api/v1/metrics/cardinality?from=2020-01-01", null, null },
        { "cardinality", "/api/v1/metrics/cardinality?metric=no.such&sort=growth&limit=1", null, null },
        { "cardinality", "/api/v1/metrics/cardinality?metric=no.such&key=user", null, null },
        { "cardinality", "/api/v1/metrics/cardinality?key=user", null, null },
        { "queries", "/api/v1/queries", null, null },
        { "slowQueries", "/api/v1/queries/slow", null, null },
        { "healthLive", "/health/live", null, null },
        { "healthReady", "/health/ready", null, null },
        { "healthStartup", "/health/startup", null, null },
        { "metrics", "/metrics", null, null },
        { "metrics", "/metrics", "application/openmetrics-text", null },
        { "prometheusQuery", "/prometheus/api/v1/query?query=vector(1)", null, null },
        { "prometheusQueryByPost", "/prometheus/api/v1/query", null, "query=1" },
        { "prometheusQueryRange", "/prometheus/api/v1/query_range?query=1&start=0&end=10&step=1", null, null },
        { "prometheusQueryRangeByPost", "/prometheus/api/v1/query_range", null, "query=quantile(2,vector(1))&start=0&end=10&step=1" },
        { "prometheusSeries", "/prometheus/api/v1/series?match[]=up", null, null },
        { "prometheusSeriesByPost", "/prometheus/api/v1/series", null, "match[]=up" },
        { "prometheusLabels", "/prometheus/api/v1/labels", null, null },
        { "prometheusLabelsByPost", "/prometheus/api/v1/labels", null, "match[]=up" },
        { "prometheusLabelValues", "/prometheus/api/v1/label/job/values", null, null },
        { "prometheusFormatQuery", "/prometheus/api/v1/format_query?query=up", null, null },
        { "prometheusFormatQueryByPost", "/prometheus/api/v1/format_query", null, "query=up" },
        { "prometheusQuery", "/prometheus/api/v1/query?query=", null, null },
        { "prometheusQueryRange", "/prometheus/api/v1/query_range?query=1&start=0&end=1&step=0", null, null },
        { "prometheusQueryExemplars", "/prometheus/api/v1/query_exemplars?query=up", null, null },
        { "prometheusQueryExemplarsByPost", "/prometheus/api/v1/query_exemplars", null, "query=up&start=1&end=0" },
        { "prometheusMetadata", "/prometheus/api/v1/metadata", null, null },
        { "prometheusRules", "/prometheus/api/v1/rules", null, null },
        { "prometheusAlerts", "/prometheus/api/v1/alerts", null, null },
        { "prometheusAlertmanagers", "/prometheus/api/v1/alertmanagers", null, null },
        { "prometheusTargets", "/prometheus/api/v1/targets", null, null },
        { "prometheusHealthy", "/prometheus/-/healthy", null, null },
        { "prometheusReady", "/prometheus/-/ready", null, null },
        { "prometheusBuildInfo", "/prometheus/api/v1/status/buildinfo", null, null },
        { "openApi", "/api/openapi.json", null, null },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Answer_IsAsTheDocumentSays(string operationId, string path, string? accept, string? form)
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Content = form is null ? null : new StringContent(form, Encoding.UTF8, Form);
        using HttpResponseMessage response = await fixture.Client.SendAsync(request, Token);
        await document.AssertDescribesAsync(operationId, response);
    }

    [Fact]
    public async Task Requests_AreOfEveryOperation()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        Assert.Equal(
            document.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal),
            Requests.Select(request => request.Data.Item1).Append("endQuery").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Queries_RunningAndEnded_AreAsTheDocumentSays()
    {
        await using QueryHost host = await QueryHost.StartAsync(await engines.DatabaseAsync("answer_running"));
        ApiDocument document = await ApiDocument.OfAsync(host.Client);
        Task<HttpResponseMessage> asked = host.Client.PostAsync("/api/v1/sql", new FormUrlEncodedContent([new("sql", QueryHost.Endless(4701))]), Token);
        await host.UntilRunningAsync(4701);

        using HttpResponseMessage running = await host.Client.GetAsync("/api/v1/queries", Token);
        await document.AssertDescribesAsync("queries", running);
        JsonElement query = JsonElement.Parse(await running.Content.ReadAsStringAsync(Token)).GetProperty("queries")[0];
        Assert.Equal("sql", query.GetProperty("kind").GetString());

        using HttpResponseMessage ended = await host.Client.DeleteAsync($"/api/v1/queries/{query.GetProperty("id")}", Token);
        await document.AssertDescribesAsync("endQuery", ended);
        using HttpResponseMessage answer = await asked;
        await document.AssertDescribesAsync("sql", answer);
        Assert.Equal(409, (int)answer.StatusCode);
        using HttpResponseMessage unknown = await host.Client.DeleteAsync("/api/v1/queries/abc", Token);
        await document.AssertDescribesAsync("endQuery", unknown);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task Queries_Slow_AreAsTheDocumentSays()
    {
        IStorageEngine engine = await engines.DatabaseAsync("answer_slow");
        await Seed.InsertAsync(engine, Token);
        await using QueryHost host = await QueryHost.StartAsync(engine, ("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"));
        ApiDocument document = await ApiDocument.OfAsync(host.Client);
        await host.JsonAsync("/api/v1/query?q=timed&from=2026-01-02T03:04:00Z&to=2026-01-02T03:08:00Z");
        await host.Client.PostAsync("/api/v1/sql", new FormUrlEncodedContent([new("sql", "SELECT 1")]), Token);
        await Wait.UntilAsync(async () => (await host.QueriesAsync("queries/slow")).Count == 2);

        using HttpResponseMessage slow = await host.Client.GetAsync("/api/v1/queries/slow", Token);
        await document.AssertDescribesAsync("slowQueries", slow);
    }

    [Fact]
    public async Task Tail_Records_AreAsTheDocumentSays()
    {
        IStorageEngine engine = await engines.DatabaseAsync("answer_tail");
        await using TailServer server = await TailServer.StartAsync(engine);
        ApiDocument document = await ApiDocument.OfAsync(server.Client);
        await using TailStream tail = await server.OpenAsync("");
        await LogsAsync(engine, "shop", Log(2, "first"));
        Assert.Equal([], document.Schemas.Errors(document.Schemas.Resolve("#/components/schemas/Log"), await tail.RecordAsync()));
    }
}
