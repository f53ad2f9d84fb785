using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

public sealed class SlowQueryTests(EngineFixture engines)
{
    private const int SlowEvent = 3201;
    private const string Search = "/api/v1/query?q=body:secretword&from=2026-01-02T03:04:00Z&to=2026-01-02T03:08:00Z";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_SlowerThanTheThreshold_IsLoggedWithItsPlan()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"));

        (LogLevel level, string text) = await SearchAsync(host);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("(query)", text, StringComparison.Ordinal);
        Assert.Contains("Query: body:secretword; time: 2026-01-02T03:04:00", text, StringComparison.Ordinal);
        Assert.Contains("hasToken(lower(Body), {p", text, StringComparison.Ordinal);
        Assert.Contains("=secretword", text, StringComparison.Ordinal);
        Assert.Contains(".logs 0 of 1 parts", text, StringComparison.Ordinal);
        Assert.Contains("body_words left 0 of 1", text, StringComparison.Ordinal);

        JsonElement slow = (await host.QueriesAsync("queries/slow"))[0];
        Assert.Equal("body:secretword", slow.GetProperty("query").GetString());
        Assert.Equal("answered", slow.GetProperty("outcome").GetString());
        Assert.True(slow.GetProperty("busyMs").GetDouble() > 0);
        Assert.Equal(1, slow.GetProperty("reads")[0].GetProperty("parts").GetProperty("of").GetInt32());
    }

    [Fact]
    public async Task Question_TextNotToBeLogged_IsLoggedWithoutAnythingThatWasAsked()
    {
        await using QueryHost host = await StartAsync(
            ("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"), ("Observe:Query:SlowQueries:LogText", "false"));

        (_, string text) = await SearchAsync(host);
        Assert.Contains(".logs 0 of 1 parts", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secretword", text, StringComparison.Ordinal);
        using HttpResponseMessage slow = await host.Client.GetAsync("/api/v1/queries/slow", Token);
        Assert.DoesNotContain("secretword", await slow.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    /// <summary>Put into an EXPLAIN, such a text would end it and run what follows beyond the limits of users' SQL.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UserSql_Slow_IsNeverExplained(bool logsText)
    {
        await using QueryHost host = await StartAsync(
            ("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"), ("Observe:Query:SlowQueries:LogText", logsText ? "true" : "false"));
        const string Sql = "SELECT 'secretword') UNION ALL SELECT throwIf(1) FROM (SELECT 1";

        using HttpResponseMessage answer = await host.Client.PostAsync("/api/v1/sql", new FormUrlEncodedContent([new("sql", Sql)]), Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Wait.UntilAsync(() => host.Log.Of(SlowEvent).Count == 1);

        Assert.EndsWith("It reads: not known", host.Log.Of(SlowEvent).Single().Text, StringComparison.Ordinal);
        Assert.Equal(logsText, host.Log.Of(SlowEvent).Single().Text.Contains("secretword", StringComparison.Ordinal));
        Assert.False((await host.QueriesAsync("queries/slow")).Single().TryGetProperty("reads", out _));
    }

    [Fact]
    public async Task Question_AtItsTimeLimit_IsLoggedAsSuch()
    {
        await using QueryHost host = await StartAsync(
            ("Observe:Query:SlowQueries:Threshold", "00:00:00.5"), ("Observe:Query:MaxExecutionTime", "00:00:01"));

        using HttpResponseMessage answer = await host.RunAsync(QueryHost.Endless(61), Token);
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        await Wait.UntilAsync(async () => (await host.QueriesAsync("queries/slow")).Count == 1);

        Assert.Equal("time_limit", (await host.QueriesAsync("queries/slow")).Single().GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Questions_MoreThanAreKept_TheOldestGo()
    {
        await using QueryHost host = await StartAsync(
            ("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"), ("Observe:Query:SlowQueries:Kept", "2"));

        foreach (string text in new[] { "one", "two", "three" })
        {
            await host.JsonAsync($"/api/v1/query?q={text}");
        }

        await Wait.UntilAsync(() => host.Log.Of(SlowEvent).Count == 3);
        Assert.Equal(["three", "two"], (await host.QueriesAsync("queries/slow")).Select(query => query.GetProperty("query").GetString()));
    }

    [Fact]
    public async Task Question_Fast_IsNotLogged()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:SlowQueries:Threshold", "00:10:00"));

        await host.JsonAsync(Search);

        Assert.Empty(await host.QueriesAsync("queries/slow"));
        Assert.Equal(0, host.Measured("observe.query.running"));
    }

    /// <summary>Asks until the search was slower than the small statements around it, and gives what was logged then.</summary>
    private static async Task<(LogLevel Level, string Text)> SearchAsync(QueryHost host)
    {
        int asked = 0;
        while (true)
        {
            await host.JsonAsync(Search);
            asked++;
            await Wait.UntilAsync(() => host.Log.Of(SlowEvent).Count == asked);
            (LogLevel level, _, string text) = host.Log.Of(SlowEvent)[^1];
            if (text.Contains("FROM logs", StringComparison.Ordinal))
            {
                return (level, text);
            }

            Assert.True(asked < 200, text);
        }
    }

    private async Task<QueryHost> StartAsync(params (string Key, string Value)[] settings)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"slow_{Guid.NewGuid():N}");
        await Seed.InsertAsync(engine, Token);
        return await QueryHost.StartAsync(engine, settings);
    }
}
