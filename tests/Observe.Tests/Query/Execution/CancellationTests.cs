using System.Net;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>Whatever ends a question ends its statement in the engine.</summary>
public sealed class CancellationTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_ClientGoesAway_EndsInTheEngine()
    {
        await using QueryHost host = await StartAsync();
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<HttpResponseMessage> asked = host.RunAsync(QueryHost.Endless(1), client.Token);
        await host.UntilRunningAsync(1);
        Assert.Equal("running", (await host.QueriesAsync()).Single().GetProperty("state").GetString());

        await client.CancelAsync();

        await host.AssertEndsWithinASecondAsync(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Wait.UntilAsync(async () => (await host.QueriesAsync()).Count == 0);
        Assert.Equal(1, host.Measured("observe.query.cancelled"));
        Assert.Equal(0, host.Measured("observe.query.running"));
    }

    [Fact]
    public async Task UserSql_ClientGoesAway_EndsInTheEngine()
    {
        await using QueryHost host = await StartAsync();
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<HttpResponseMessage> asked = host.Client.PostAsync(
            "/api/v1/sql", new FormUrlEncodedContent([new("sql", QueryHost.Endless(2))]), client.Token);
        await Wait.UntilAsync(async () => await host.RunningAsync(2) > 0);

        await client.CancelAsync();

        await host.AssertEndsWithinASecondAsync(2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Stream_ClientLeavesHalfWay_EndsInTheEngine()
    {
        await using QueryHost host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/stream")
        {
            Content = new FormUrlEncodedContent([new("q", $"SELECT number, 'some text to fill the pipes' AS t FROM {QueryHost.Numbers(3)}")]),
        };
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Stream body = await response.Content.ReadAsStreamAsync(Token);
        Assert.True(await body.ReadAsync(new byte[1000], Token) > 0);
        await host.UntilRunningAsync(3);

        response.Dispose();

        await host.AssertEndsWithinASecondAsync(3);
        await Wait.UntilAsync(async () => (await host.QueriesAsync()).Count == 0);
    }

    [Fact]
    public async Task Running_EndedOnRequest_TellsWhoeverAsked()
    {
        await using QueryHost host = await StartAsync();
        Task<HttpResponseMessage> asked = host.RunAsync(QueryHost.Endless(4), Token);
        await host.UntilRunningAsync(4);
        long id = (await host.QueriesAsync()).Single().GetProperty("id").GetInt64();

        using HttpResponseMessage ended = await host.Client.DeleteAsync($"/api/v1/queries/{id}", Token);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await host.AssertEndsWithinASecondAsync(4);
        using HttpResponseMessage answer = await asked;
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("urn:observe:problem:ended", (await QueryHost.ReadJsonAsync(answer)).GetProperty("type").GetString());
        using HttpResponseMessage again = await host.Client.DeleteAsync($"/api/v1/queries/{id}", Token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Running_AtItsTimeLimit_EndsInTheEngine()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxExecutionTime", "00:00:01"));

        using HttpResponseMessage answer = await host.RunAsync(QueryHost.Endless(5), Token);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        await host.AssertEndsWithinASecondAsync(5);
    }

    [Fact]
    public async Task Waiting_ClientGoesAway_LeavesTheLine()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxConcurrentQueries", "1"));
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<HttpResponseMessage> running = host.RunAsync(QueryHost.Endless(6), client.Token);
        await host.UntilRunningAsync(6);
        using var waitingClient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<HttpResponseMessage> waiting = host.RunAsync("SELECT 1", waitingClient.Token);
        await Wait.UntilAsync(() => host.Measured("observe.query.waiting") == 1);
        Assert.Equal(["running", "waiting"], (await host.QueriesAsync()).Select(query => query.GetProperty("state").GetString()));

        await waitingClient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Wait.UntilAsync(() => host.Measured("observe.query.waiting") == 0);
        await client.CancelAsync();
        await host.AssertEndsWithinASecondAsync(6);
        using HttpResponseMessage next = await host.RunAsync("SELECT 5", Token);
        Assert.Equal("5", await next.Content.ReadAsStringAsync(Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Storage closes as it does at the end of the program. What runs has minutes left: who waited for its end would wait for these.</summary>
    [Fact]
    public async Task Running_StorageCloses_EndsAtOnce()
    {
        var engine = await engines.OpenAsync(new Observe.Storage.StorageOptions { DataDirectory = "unused", Database = "protect_close" });
        await using QueryHost host = await QueryHost.StartAsync(engine, ("Observe:Query:MaxExecutionTime", "00:10:00"));
        Task<HttpResponseMessage> asked = host.RunAsync(QueryHost.Endless(7), Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/stream")
        {
            Content = new FormUrlEncodedContent([new("q", $"SELECT number FROM {QueryHost.Numbers(7)}")]),
        };
        using HttpResponseMessage streamed = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await host.UntilRunningAsync(7, 2);

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(5), Token);

        using HttpResponseMessage answer = await asked;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);

        // The stream is broken off: what came of it cannot pass for the whole.
        await Assert.ThrowsAnyAsync<Exception>(() => streamed.Content.CopyToAsync(Stream.Null, Token));
    }

    private async Task<QueryHost> StartAsync(params (string Key, string Value)[] settings) =>
        await QueryHost.StartAsync(await engines.DatabaseAsync("protect"), settings);
}
