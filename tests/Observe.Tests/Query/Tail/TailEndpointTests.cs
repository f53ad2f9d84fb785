using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Tests.Hosting;
using Observe.Tests.Ingest;
using Observe.Tests.Storage;
using static Observe.Tests.Query.Correlation.Arrivals;

namespace Observe.Tests.Query.Tail;

/// <summary>The tail over HTTP: a real server over the real engine.</summary>
public sealed class TailEndpointTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tail_Stored_AppearsAsTheFieldsOfAQuery()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await LogsAsync(engine, "shop", Log(1, "before"));
        await using TailStream tail = await server.OpenAsync("");

        await LogsAsync(engine, "shop", Log(2, "first\nline", r => r.Attribute(6, "n", v => v.Int(3, 5)), severity: 17), Log(3, "second"));

        JsonElement first = await tail.RecordAsync();
        Assert.Equal("first\nline", first.GetProperty("body").GetString());
        Assert.Equal("2026-01-02T03:04:02.000000000Z", first.GetProperty("timestamp").GetString());
        Assert.Equal(17, first.GetProperty("severity_number").GetInt32());
        Assert.Equal("shop", first.GetProperty("service.name").GetString());
        Assert.Equal(5, first.GetProperty("attributes").GetProperty("n").GetInt32());
        Assert.Equal("shop", first.GetProperty("resource").GetProperty("service.name").GetString());
        Assert.Equal(["second"], await tail.BodiesAsync(1));

        using JsonDocument query = JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/query?q=first&from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z", Token));
        Assert.Equal(
            query.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()),
            first.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Tail_SentThroughOtlp_Appears()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using IngestHost ingest = await IngestHost.StartJournalAsync(engine);
        await using TailStream tail = await server.OpenAsync("spans name=work");

        using var content = new ByteArrayContent(OtlpWriter.Request(OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using HttpResponseMessage answer = await ingest.Http.PostAsync("/v1/traces", content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Equal("eee19b7ec3c1b174", (await tail.RecordAsync()).GetProperty("span_id").GetString());
    }

    [Fact]
    public async Task Tail_Filter_LetsMatchingRecordsThroughHoweverOldTheyAre()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("severity>=error service=shop");

        await LogsAsync(engine, "shop", Log(5, "one", severity: 17), Log(6, "info"));
        await LogsAsync(engine, "other", Log(7, "elsewhere", severity: 17));
        await LogsAsync(engine, "shop", Log(-100 * 86_400, "late by a hundred days", severity: 21));

        Assert.Equal(["one", "late by a hundred days"], await tail.BodiesAsync(2));
    }

    [Fact]
    public async Task Tail_WhileMerging_LosesNothingAndRepeatsNothing()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("", "&rate=1000");
        const int inserts = 40;
        Task<List<string>> reading = tail.BodiesAsync(inserts);
        for (int i = 0; i < inserts; i++)
        {
            await LogsAsync(engine, "shop", Log(i, $"{i}"));
            await engine.ExecuteAsync(new SqlStatement("OPTIMIZE TABLE logs FINAL"), Token);
        }

        Assert.Equal(Enumerable.Range(0, inserts), (await reading).Select(int.Parse));
        await LogsAsync(engine, "shop", Log(inserts, "end"));
        Assert.Equal(["end"], await tail.BodiesAsync(1));
    }

    [Fact]
    public async Task Tail_MoreThanTheRate_ShowsTheLatestAndSaysHowManyWerePassedOver()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("", "&rate=5");

        await LogsAsync(engine, "shop", [.. Enumerable.Range(0, 100).Select(i => Log(i, $"{i}"))]);

        Assert.Equal(Enumerable.Range(90, 10), (await tail.BodiesAsync(10)).Select(int.Parse));
        (string name, JsonElement notice) = Assert.NotNull(await tail.NextAsync());
        Assert.Equal("notice", name);
        Assert.Equal(90, notice.GetProperty("passedOver").GetInt64());
        Assert.Equal("rate", notice.GetProperty("reason").GetString());
        Assert.Equal("90 records were passed over: more match than the rate shows. Narrow the query or raise rate.", notice.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Tail_LargeRecords_ShowsTheLatestAndSaysHowManyWerePassedOver()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("", "&rate=1000");
        string large = new('x', 1 << 20);

        await LogsAsync(engine, "shop", [.. Enumerable.Range(0, 30).Select(i => Log(i, $"{i} {large}"))]);

        var shown = new List<int>();
        (string name, JsonElement data) = Assert.NotNull(await tail.NextAsync());
        for (; name == "record"; (name, data) = Assert.NotNull(await tail.NextAsync()))
        {
            shown.Add(int.Parse(data.GetProperty("body").GetString()!.Split(' ')[0]));
        }

        Assert.InRange(shown.Count, 6, 8);
        Assert.Equal(Enumerable.Range(30 - shown.Count, shown.Count), shown);
        Assert.Equal(("notice", "size", 30 - shown.Count), (name, data.GetProperty("reason").GetString(), data.GetProperty("passedOver").GetInt32()));
        Assert.Equal($"{30 - shown.Count} records were passed over: those shown take about 8 MiB together. Narrow the query.", data.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Tail_LastEventId_GoesOnWhereItWas()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync();
        await using TailServer running = server;
        string last;
        await using (TailStream tail = await server.OpenAsync(""))
        {
            await LogsAsync(engine, "shop", Log(1, "seen"));
            Assert.Equal(["seen"], await tail.BodiesAsync(1));
            last = tail.LastEventId;
        }

        await LogsAsync(engine, "shop", Log(2, "missed"));
        await LogsAsync(engine, "shop", Log(3, "missed too"));
        await engine.ExecuteAsync(new SqlStatement("OPTIMIZE TABLE logs FINAL"), Token);

        await using TailStream again = await server.OpenAsync("", lastEventId: last);
        Assert.Equal(["missed", "missed too"], await again.BodiesAsync(2));
        await using TailStream byParameter = await server.OpenAsync("", $"&lastEventId={last}");
        Assert.Equal(["missed", "missed too"], await byParameter.BodiesAsync(2));
        await using TailStream ahead = await server.OpenAsync("", lastEventId: "99999999");
        Assert.Equal("The position to go on from is ahead of what is stored, so the tail begins now.", Assert.NotNull(await ahead.NextAsync()).Data.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Tail_NothingMatches_StillMovesTheEventId()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync(("Heartbeat", "00:00:00.1"));
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("body=never");
        string before = tail.LastEventId;
        await LogsAsync(engine, "shop", Log(1, "something"));
        while (tail.LastEventId == before)
        {
            await tail.CommentAsync();
        }

        Assert.True(long.Parse(tail.LastEventId, CultureInfo.InvariantCulture) > long.Parse(before, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Tail_ViewerGoesAway_EndsThePolling()
    {
        (_, TailServer server) = await StartAsync();
        await using TailServer running = server;
        TailStream first = await server.OpenAsync("a");
        TailStream second = await server.OpenAsync("a");
        TailStream third = await server.OpenAsync("b");
        Assert.Equal((3, 2, true), (server.Tail.Viewers, server.Tail.Queries, server.Tail.IsPolling));

        await first.DisposeAsync();
        await Eventually.TrueAsync("the first viewer is gone", () => server.Tail.Viewers == 2);
        Assert.Equal((2, true), (server.Tail.Queries, server.Tail.IsPolling));
        await second.DisposeAsync();
        await third.DisposeAsync();
        await Eventually.TrueAsync("nothing is polled", () => !server.Tail.IsPolling);
        Assert.Equal((0, 0), (server.Tail.Viewers, server.Tail.Queries));

        await using TailStream later = await server.OpenAsync("a");
        Assert.True(server.Tail.IsPolling);
    }

    [Fact]
    public async Task Tail_ViewerDoesNotRead_IsLetGoAndHoldsNobodyUp()
    {
        (IStorageEngine engine, TailServer server) = await StartAsync(("WriteTimeout", "00:00:00.3"));
        await using TailServer running = server;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/tail HTTP/1.1\r\nHost: {server.Address.Authority}\r\n\r\n"), Token);
        await Eventually.TrueAsync("the silent viewer is there", () => server.Tail.Viewers == 1);
        await using TailStream tail = await server.OpenAsync("body=*small");
        string large = new('x', 1_000_000);

        for (int i = 0; server.Tail.Viewers == 2; i++)
        {
            await LogsAsync(engine, "shop", Log(i, large), Log(i, $"{i} small"));
            Assert.Equal([$"{i} small"], await tail.BodiesAsync(1));
            Assert.True(i < 200, "The viewer that does not read is still there.");
        }

        Assert.Equal(1, server.Tail.Viewers);
    }

    [Fact]
    public async Task Tail_TooManyViewers_AreRefused()
    {
        (_, TailServer server) = await StartAsync(("MaxViewers", "1"));
        await using TailServer running = server;
        await using (TailStream tail = await server.OpenAsync(""))
        {
            using HttpResponseMessage refused = await server.Client.GetAsync("/api/v1/tail", Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            string problem = await refused.Content.ReadAsStringAsync(Token);
            Assert.Contains("urn:observe:problem:too-many-viewers", problem, StringComparison.Ordinal);
            Assert.Contains("1 viewers watch records as they arrive, and there may not be more at a time. Close some, or raise Observe:Tail:MaxViewers.", problem, StringComparison.Ordinal);
        }

        await Eventually.TrueAsync("the viewer is gone", () => server.Tail.Viewers == 0);
        await using TailStream next = await server.OpenAsync("");
    }

    [Theory]
    [InlineData("q=a%20|%20stats%20count()", "query-syntax", "takes a filter only")]
    [InlineData("q=(", "query-syntax", "")]
    [InlineData("q=x~%22(%22", "query-syntax", "regular expression")]
    [InlineData("rate=0", "parameter", "rate is a number from 1 to 1000")]
    [InlineData("rate=5000", "parameter", "rate is a number from 1 to 1000")]
    [InlineData("lastEventId=x", "parameter", "Last-Event-ID is the id of an event of this tail")]
    public async Task Tail_WrongRequest_IsAProblemAndTakesNoPlace(string parameters, string type, string text)
    {
        (_, TailServer server) = await StartAsync();
        await using TailServer running = server;
        using HttpResponseMessage answer = await server.Client.GetAsync($"/api/v1/tail?{parameters}", Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string problem = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains($"urn:observe:problem:{type}", problem, StringComparison.Ordinal);
        Assert.Contains(text, problem, StringComparison.Ordinal);
        Assert.Equal(0, server.Tail.Viewers);
    }

    [Fact]
    public async Task Tail_UnknownField_IsSaidAtTheBeginning()
    {
        (_, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("no.such.field=1");
        (string name, JsonElement notice) = Assert.NotNull(await tail.NextAsync());
        Assert.Equal("notice", name);
        Assert.Contains("no.such.field", notice.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_ShutDown_EndsTheStream()
    {
        (_, TailServer server) = await StartAsync();
        await using TailServer running = server;
        await using TailStream tail = await server.OpenAsync("");
        Task stopping = server.StopAsync();
        Assert.Null(await tail.NextAsync());
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.False(server.Tail.IsPolling);
    }

    private async Task<(IStorageEngine Engine, TailServer Server)> StartAsync(params (string Key, string Value)[] settings)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"tail_{Guid.NewGuid():N}");
        return (engine, await TailServer.StartAsync(engine, settings));
    }
}
