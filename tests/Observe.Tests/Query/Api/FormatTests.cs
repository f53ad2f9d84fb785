using System.Net;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Query.Api;

/// <summary>The forms of answers other than one JSON document.</summary>
public sealed class FormatTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NdJson_Records_HaveTheColumnsOfTheJsonAnswer()
    {
        string[] lines = await LinesAsync("/api/v1/query?q=payment", "application/x-ndjson");
        Assert.Equal(2, lines.Length);
        JsonElement record = JsonElement.Parse(lines[1]);
        Assert.Equal("2026-01-02T03:04:01.000000000Z", record.GetProperty("timestamp").GetString());
        Assert.Equal("500", record.GetProperty("attributes").GetProperty("http.status").GetRawText());
        Assert.Equal("h1", record.GetProperty("resource").GetProperty("host.name").GetString());

        string[] columns = [.. JsonElement.Parse(await TextAsync("/api/v1/query?q=payment", "*/*")).GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        Assert.Equal(columns, record.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task NdJson_Table_HasARowPerLine()
    {
        string[] lines = await LinesAsync(Query("| stats count() as n, avg(duration_ms) by service.name | let at = \"x\""), "application/x-ndjson");
        Assert.Equal(
            [
                """{"service.name":"cart","n":2,"avg(duration_ms)":250.0,"at":"x"}""",
                """{"service.name":"checkout","n":2,"avg(duration_ms)":615.25,"at":"x"}""",
                """{"service.name":"other","n":1,"avg(duration_ms)":null,"at":"x"}""",
            ],
            lines);
    }

    [Fact]
    public async Task Csv_Table_QuotesWhatMustBeQuoted()
    {
        string csv = await TextAsync(Query("| sort timestamp | let x = \"a,\\\"b\\\"\" | fields severity_number, x, path, body, tags | limit 3"), "text/csv");
        Assert.Equal(
            "severity_number,x,path,body,tags\r\n"
            + "17,\"a,\"\"b\"\"\",,Payment timed out for user,\"[\"\"red\"\",\"\"dark blue\"\"]\"\r\n"
            + "9,\"a,\"\"b\"\"\",/api/orders/5,payment ok,\r\n"
            + "13,\"a,\"\"b\"\"\",/api/users,\"Cache time-out, retry\",\r\n",
            csv);
    }

    [Fact]
    public async Task Csv_Records_HaveALineEachAndAHead()
    {
        string csv = await TextAsync("/api/v1/query?format=csv&limit=2", "*/*");
        Assert.StartsWith("timestamp,severity_text,severity_number,service.name,body,", csv, StringComparison.Ordinal);
        Assert.Equal(3, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Csv_TableWithoutRows_HasItsHead() =>
        Assert.Equal("n,x\r\n", await TextAsync(Query("nothing_like_it | stats count() as n by x | fields n, x"), "text/csv"));

    [Theory]
    [InlineData("application/vnd.apache.arrow.stream", "ArrowStream")]
    [InlineData("application/vnd.apache.parquet", "Parquet")]
    public async Task Columnar_Records_HaveTypedColumnsAndMaps(string mediaType, string format)
    {
        ResultBlock rows = await ReadAsync(Query("| let ms = duration_ms * 2"), mediaType, format);
        Assert.Equal(5, rows.RowCount);
        Assert.Equal("other", rows["service.name"].GetString(0));
        Assert.Equal(500.0, rows["ms"].GetFloat64(2));
        Assert.Equal(17L, Convert.ToInt64(rows["severity_number"].GetValue(4), null));
        Assert.Equal("500", ((IReadOnlyDictionary<string, object?>)rows["attributes"].GetValue(4)!)["http.status"]);
        Assert.Equal("h1", ((IReadOnlyDictionary<string, object?>)rows["resource"].GetValue(4)!)["host.name"]);
    }

    [Theory]
    [InlineData("application/vnd.apache.arrow.stream", "ArrowStream")]
    [InlineData("application/vnd.apache.parquet", "Parquet")]
    public async Task Columnar_Spans_AreRows(string mediaType, string format)
    {
        ResultBlock rows = await ReadAsync(Query("spans | where duration>1ms"), mediaType, format);
        Assert.Equal(3, rows.RowCount);
        Assert.Equal(2_000_000_000L, rows["duration"].GetInt64(0));
    }

    [Theory]
    [InlineData("application/vnd.apache.arrow.stream", "ArrowStream")]
    [InlineData("application/vnd.apache.parquet", "Parquet")]
    public async Task Columnar_Table_HasItsColumns(string mediaType, string format)
    {
        ResultBlock rows = await ReadAsync(Query("| stats count() as n, values(user.id) as ids by `http.status`, bin(1h)"), mediaType, format);
        Assert.Equal(["http.status", "timestamp", "n", "ids"], rows.Columns.Select(column => column.Name));
        Assert.Equal(5L, Enumerable.Range(0, rows.RowCount).Sum(row => rows["n"].GetInt64(row)));
    }

    [Fact]
    public async Task Sql_AsCsv_IsStreamed()
    {
        using var content = new FormUrlEncodedContent([new("sql", "SELECT number AS n FROM numbers(3)")]);
        HttpResponseMessage response = await fixture.Client.PostAsync(new Uri("/api/v1/sql?format=csv", UriKind.Relative), content, Token);
        Assert.Equal("\"n\"\n0\n1\n2\n", await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>A client must not take a part for the whole.</summary>
    [Fact]
    public async Task Sql_FailsHalfWay_BreaksTheAnswerOff()
    {
        // The second half fails only after much work, when rows of the first have long been sent.
        const string Sql = "SELECT toUInt8(0) AS n, repeat('x', 500) AS t FROM numbers(60000) "
            + "UNION ALL SELECT throwIf(sum(sipHash64(number)) > 0), '' FROM numbers(100000000)";
        using var content = new FormUrlEncodedContent([new("sql", Sql)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sql?format=ndjson") { Content = content };
        using HttpResponseMessage response = await fixture.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("/api/v1/query?format=ndjson&q=%3D", "query-syntax")]
    [InlineData("/api/v1/query?format=parquet&q=a~%28", "query-syntax")]
    [InlineData("/api/v1/query?format=xlsx", "parameter")]
    [InlineData("/api/v1/query?format=csv&limit=1000001", "parameter")]
    public async Task Streamed_WrongFromTheStart_IsAProblem(string path, string type)
    {
        HttpResponseMessage response = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.EndsWith(type, JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/html, */*;q=0.1", "application/json")]
    [InlineData("text/*", "text/csv")]
    public async Task Accept_SeveralTypes_TheBestIsAnswered(string accept, string expected)
    {
        using HttpResponseMessage response = await SendAsync("/api/v1/query", accept);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Accept_NothingThatThereIs_SaysWhatThereIs()
    {
        using HttpResponseMessage response = await SendAsync("/api/v1/query", "image/png");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("text/csv", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static string Query(string query) => $"/api/v1/query?q={Uri.EscapeDataString(query)}";

    private async Task<HttpResponseMessage> SendAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await fixture.Client.SendAsync(request, Token);
    }

    private async Task<string> TextAsync(string path, string accept)
    {
        using HttpResponseMessage response = await SendAsync(path, accept);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private async Task<string[]> LinesAsync(string path, string accept) =>
        (await TextAsync(path, accept)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The engine reads what it wrote.</summary>
    private async Task<ResultBlock> ReadAsync(string path, string accept, string format)
    {
        using HttpResponseMessage response = await SendAsync(path, accept);
        Assert.Equal(accept, response.Content.Headers.ContentType?.MediaType);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await response.Content.ReadAsByteArrayAsync(Token), Token);
            return Assert.Single(await fixture.Engine.QueryAllAsync(new SqlStatement($"SELECT * FROM file({SqlText.QuoteString(file)}, {format})"), Token));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
