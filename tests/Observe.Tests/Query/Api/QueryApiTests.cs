using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Observe.Tests.Query.Api;

public sealed class QueryApiTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_Get_AnswersColumnsRowsStatsAndNotices()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=timed");
        Dictionary<string, JsonElement> row = Assert.Single(Rows(answer));
        Assert.Equal("2026-01-02T03:04:01.000000000Z", row["timestamp"].GetString());
        Assert.Equal("2026-01-02T03:04:00.000000123Z", row["observed_timestamp"].GetString());
        Assert.Equal("Payment timed out for user", row["body"].GetString());
        Assert.Equal(17, row["severity_number"].GetInt32());
        Assert.Equal("500", row["attributes"].GetProperty("http.status").GetRawText());
        Assert.Equal("1200.5", row["attributes"].GetProperty("duration_ms").GetRawText());
        Assert.Equal("h1", row["resource"].GetProperty("host.name").GetString());
        Assert.Equal("1.0", row["scope.version"].GetString());
        Assert.Equal("core", row["scope"].GetProperty("team").GetString());
        Assert.True(answer.GetProperty("stats").GetProperty("rowsRead").GetInt64() > 0);
        Assert.Equal(0, answer.GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task Query_DoubleWithoutFraction_StaysADouble()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=retry");
        Assert.Equal("200.0", Assert.Single(Rows(answer))["attributes"].GetProperty("http.status").GetRawText());
    }

    [Fact]
    public async Task Query_MapBody_IsAnObject()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=strasse");
        Assert.Equal(7, Assert.Single(Rows(answer))["body"].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Query_Spans_HaveEventsAndLinks()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=" + Uri.EscapeDataString("spans status=error"));
        Dictionary<string, JsonElement> row = Assert.Single(Rows(answer));
        Assert.Equal(250_000_000, row["duration"].GetInt64());
        Assert.Equal("server", row["kind"].GetString());
        Assert.Equal("5.0", row["events"][0].GetProperty("attributes").GetProperty("d").GetRawText());
        Assert.Equal("s=1", row["links"][0].GetProperty("trace_state").GetString());
        Assert.Equal(257, row["flags"].GetInt32());
    }

    [Fact]
    public async Task Query_WithStages_AnswersTheirColumnsAndRows()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=" + Uri.EscapeDataString("| stats count() as n, last(timestamp) by service.name | sort n"));
        Assert.Equal(
            """[{"name":"service.name","type":"string"},{"name":"n","type":"int"},{"name":"last(timestamp)","type":"time"}]""",
            answer.GetProperty("columns").GetRawText());
        Assert.Equal("""["other",1,"2026-01-02T03:04:05.000000000Z"]""", answer.GetProperty("rows")[0].GetRawText());
    }

    [Fact]
    public async Task Query_WithComputedFields_AnswersThemBesideTheRecord()
    {
        JsonElement answer = await GetAsync("/api/v1/query?q=" + Uri.EscapeDataString("retry | let ms = duration_ms * 2 | parse json from body | let at = timestamp"));
        Dictionary<string, JsonElement> row = Assert.Single(Rows(answer));
        Assert.Equal("500.0", row["ms"].GetRawText());
        Assert.Equal("2026-01-02T03:04:03.000000000Z", row["at"].GetString());
        Assert.Equal(JsonValueKind.Null, row["parsed"].ValueKind);
        Assert.Equal("Cache time-out, retry", row["body"].GetString());
    }

    [Fact]
    public async Task Query_PostJsonOrForm_AnswersAsGet()
    {
        HttpResponseMessage json = await fixture.Client.PostAsJsonAsync("/api/v1/query", new { q = "payment", limit = 1 }, Token);
        using var content = new FormUrlEncodedContent([new("q", "payment"), new("limit", "1")]);
        HttpResponseMessage form = await fixture.Client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), content, Token);
        foreach (HttpResponseMessage response in new[] { json, form })
        {
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.Equal("payment ok", Assert.Single(Rows(answer))["body"].GetString());
            Assert.Equal(1, answer.GetProperty("notices").GetArrayLength());
        }
    }

    [Fact]
    public async Task Query_Range_IsHonoured()
    {
        JsonElement answer = await GetAsync("/api/v1/query?from=2026-01-02T03:04:02Z&to=now-57s");
        Assert.Equal("payment ok", Assert.Single(Rows(answer))["body"].GetString());
    }

    [Fact]
    public async Task Query_WrongQuery_IsAProblemWithItsPosition()
    {
        JsonElement problem = await ProblemAsync("/api/v1/query?q=" + Uri.EscapeDataString("a\nb=="), HttpStatusCode.BadRequest);
        Assert.Equal("urn:observe:problem:query-syntax", problem.GetProperty("type").GetString());
        Assert.Equal("One = compares: write = in place of ==.", problem.GetProperty("detail").GetString());
        Assert.Equal("{\"line\":2,\"column\":3,\"length\":1}", problem.GetProperty("position").GetRawText());
    }

    [Theory]
    [InlineData("/api/v1/query?limit=0", "limit is a number from 1 to 10000; not \"0\".")]
    [InlineData("/api/v1/query?limit=10001", "limit is a number from 1 to 10000; not \"10001\".")]
    [InlineData("/api/v1/query?limit=x", "limit is a number from 1 to 10000; not \"x\".")]
    [InlineData("/api/v1/histogram?bins=0", "bins is a number from 1 to 1000; not \"0\".")]
    [InlineData("/api/v1/fields?signal=traces", "signal is logs, spans or metrics; not \"traces\".")]
    [InlineData("/api/v1/ingest/ledger?signal=profiles", "signal is logs, spans, metrics or traces; not \"profiles\".")]
    [InlineData("/api/v1/ingest/ledger?groupBy=key", "groupBy is minute, signal, sender or service, or some of them with commas between; not \"key\".")]
    [InlineData("/api/v1/ingest/ledger?reasons=yes", "reasons is true or false; not \"yes\".")]
    [InlineData("/api/v1/traces/00000000000000000000000000000000", "A trace id of zeros stands for none: it is what loggers write where there is no trace.")]
    [InlineData("/api/v1/traces/abc", "\"abc\" is not a trace id: it has 32 hexadecimal digits, such as 4bf92f3577b34da6a3ce929d0e0e4736. Other ids, and traceparents, are looked for with /api/v1/correlate.")]
    public async Task Any_WrongParameter_IsAProblem(string path, string detail) =>
        Assert.Equal(detail, (await ProblemAsync(path, HttpStatusCode.BadRequest)).GetProperty("detail").GetString());

    [Theory]
    [InlineData("/api/v1/query", "{0}", "a")]
    [InlineData("/api/v1/query", "limit", "{0}")]
    [InlineData("/api/v1/query", "from", "{0}")]
    [InlineData("/api/v1/query", "format", "{0}")]
    [InlineData("/api/v1/query", "explain", "{0}")]
    [InlineData("/api/v1/{0}", "q", "")]
    [InlineData("/api/v1/traces/{0}", null, null)]
    [InlineData("/api/v1/tail?lastEventId={0}", null, null)]
    [InlineData("/api/v1/ingest/ledger?groupBy={0}", null, null)]
    [InlineData("/api/v1/fields/body/values?source={0}", null, null)]
    [InlineData("/api/v1/fields/{0}/values?source=column", null, null)]
    public async Task Any_LongText_IsNotRepeatedWhole(string path, string? name, string? value)
    {
        string At(string text) => text.Replace("{0}", new string('x', 5_000), StringComparison.Ordinal);
        using HttpResponseMessage response = name is null
            ? await fixture.Client.GetAsync(new Uri(At(path), UriKind.Relative), Token)
            : await fixture.Client.PostAsJsonAsync(At(path), new Dictionary<string, string> { [At(name)] = At(value!) }, Token);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.Contains("xxx…", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(problem.GetProperty("detail").GetString()!.Length, 100, 500);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"q\":[]}")]
    public async Task Query_WrongBody_IsAProblem(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        HttpResponseMessage response = await fixture.Client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("application/json", """{"q":"\ud800"}""", "is not Unicode")]
    [InlineData("application/json", """{"\ud800":1}""", "is not Unicode")]
    [InlineData("application/json", "{\"q\":\"\u00ff\"}", "is not Unicode")]
    [InlineData("application/x-www-form-urlencoded", """{"q": "severity>=error"}""", "add the header Content-Type: application/json")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "q=a", "is not a form")]
    [InlineData("multipart/form-data; boundary=part", "--part\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\nabc", "is not whole")]
    [InlineData("multipart/form-data", "--part--", "is not a form")]
    public async Task Query_BodyThatCannotBeRead_SaysWhy(string contentType, string body, string reason)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using HttpResponseMessage response = await fixture.Client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("urn:observe:problem:parameter", problem.GetProperty("type").GetString());
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_Logs_HasEveryBin()
    {
        JsonElement answer = await GetAsync("/api/v1/histogram?from=2026-01-02T03:04:00Z&to=2026-01-02T03:04:06Z&bins=3");
        Assert.Equal(2000, answer.GetProperty("binMs").GetDouble());
        Assert.Equal(3, answer.GetProperty("starts").GetArrayLength());
        Assert.Equal(5, answer.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Trace_Known_HasSpansAndLogs()
    {
        JsonElement answer = await GetAsync("/api/v1/traces/4bf92f3577b34da6a3ce929d0e0e4736");
        Assert.Equal("GET /orders", answer.GetProperty("spans")[0].GetProperty("name").GetString());
        Assert.Equal("00f067aa0ba902b7", answer.GetProperty("spans")[1].GetProperty("parent_span_id").GetString());
        Assert.Equal("ERROR", answer.GetProperty("logs")[0].GetProperty("severity_text").GetString());
    }

    [Fact]
    public async Task Trace_Unknown_IsNotFound() =>
        await ProblemAsync("/api/v1/traces/ffffffffffffffffffffffffffffffff", HttpStatusCode.NotFound);

    [Fact]
    public async Task Services_Range_HaveTheirFigures()
    {
        JsonElement checkout = (await GetAsync("/api/v1/services")).GetProperty("services")[1];
        Assert.Equal("checkout", checkout.GetProperty("name").GetString());
        Assert.Equal(1, checkout.GetProperty("errorRate").GetDouble());
        Assert.Equal(250, checkout.GetProperty("p99Ms").GetDouble());
    }

    [Fact]
    public async Task Fields_Logs_NameSourceTypes()
    {
        IEnumerable<JsonElement> fields = (await GetAsync("/api/v1/fields")).GetProperty("fields").EnumerateArray();
        Assert.Contains(fields, field => field.GetProperty("name").GetString() == "host.name" && field.GetProperty("source").GetString() == "resource");
    }

    [Fact]
    public async Task Sql_Select_AnswersTypedRows()
    {
        HttpResponseMessage response = await fixture.Client.PostAsJsonAsync(
            "/api/v1/sql", new { sql = "SELECT count() AS n, 1.0 AS d FROM logs" }, Token);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("[[5,1.0]]", answer.GetProperty("rows").GetRawText());
        Assert.Equal("{\"name\":\"n\",\"type\":\"UInt64\"}", answer.GetProperty("columns")[0].GetRawText());
    }

    [Theory]
    [InlineData("DROP TABLE logs")]
    [InlineData("SELECT * FROM nowhere")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("")]
    public async Task Sql_AnythingElse_IsAProblem(string sql)
    {
        HttpResponseMessage response = await fixture.Client.PostAsJsonAsync("/api/v1/sql", new { sql }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData("/health/live", "live\n")]
    [InlineData("/health/ready", "ready\n")]
    [InlineData("/health/startup", "ready\n")]
    public async Task Health_EngineAnswers_IsOk(string path, string text) => Assert.Equal(text, await fixture.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token));

    [Fact]
    public async Task Health_IngestTakesNothing_SaysWhyButHasStarted()
    {
        fixture.Ingest.NotReadyReason = "the journal is full.";
        try
        {
            HttpResponseMessage ready = await fixture.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Equal("not ready: the journal is full.\n", await ready.Content.ReadAsStringAsync(Token));
            Assert.Equal("ready\n", await fixture.Client.GetStringAsync(new Uri("/health/startup", UriKind.Relative), Token));
        }
        finally
        {
            fixture.Ingest.NotReadyReason = null;
        }
    }

    [Fact]
    public async Task Ledger_BySignalWithReasons_HasEveryFigure()
    {
        JsonElement answer = await GetAsync("/api/v1/ingest/ledger?to=now%2B5m&reasons=true&signal=spans");
        Assert.Equal(
            """
            {"signal":"spans","received":10,"stored":7,"rejected":3,"quarantined":0,"waiting":0,"addsUp":true,"truncated":0,"resent":0,"requests":1,"refusedRequests":0,"bytes":700,"reasons":[{"outcome":"rejected","reason":"span_span_id","records":1,"requests":0},{"outcome":"rejected","reason":"span_trace_id","records":2,"requests":0}]}
            """,
            Assert.Single(answer.GetProperty("rows").EnumerateArray()).GetRawText());
        Assert.Equal(10, answer.GetProperty("total").GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task Ledger_ThatDoesNotAddUp_SaysByHowMuch()
    {
        JsonElement row = (await GetAsync("/api/v1/ingest/ledger?to=now%2B5m&signal=metrics&groupBy=minute,service")).GetProperty("rows")[0];
        Assert.Equal("2026-01-02T03:06:00Z", row.GetProperty("minute").GetString());
        Assert.Equal("cart", row.GetProperty("service").GetString());
        Assert.False(row.GetProperty("addsUp").GetBoolean());
        Assert.Equal(5, row.GetProperty("difference").GetInt32());
    }

    [Theory]
    [InlineData("", "text/plain; version=0.0.4; charset=utf-8", "# TYPE process_cpu_seconds_total counter")]
    [InlineData("text/plain;version=0.0.4", "text/plain; version=0.0.4; charset=utf-8", "# TYPE process_cpu_seconds_total counter")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3,*/*;q=0.1", "application/openmetrics-text; version=1.0.0; charset=utf-8", "# TYPE process_cpu_seconds counter")]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.3", "text/plain; version=0.0.4; charset=utf-8", "# TYPE process_cpu_seconds_total counter")]
    public async Task Metrics_ForEachAccept_AreInItsFormat(string accept, string contentType, string line)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        HttpResponseMessage response = await fixture.Client.SendAsync(request, Token);
        string[] lines = (await response.Content.ReadAsStringAsync(Token)).Split('\n');

        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Contains(line, lines);
        Assert.Contains(lines, text => text.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));
        Assert.Contains(lines, text => text.StartsWith("process_start_time_seconds ", StringComparison.Ordinal));
        Assert.Contains(lines, text => text.StartsWith("dotnet_gc_collections_total{gc_heap_generation=\"gen0\"} ", StringComparison.Ordinal));
        Assert.Equal(contentType.Contains("openmetrics", StringComparison.Ordinal), lines[^2] == "# EOF");
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        HttpResponseMessage response = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private async Task<JsonElement> ProblemAsync(string path, HttpStatusCode status)
    {
        HttpResponseMessage response = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static IEnumerable<Dictionary<string, JsonElement>> Rows(JsonElement answer)
    {
        string[] names = [.. answer.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        foreach (JsonElement row in answer.GetProperty("rows").EnumerateArray())
        {
            yield return names.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }
}
