using System.Net;
using System.Text.Json;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>More questions at once than have places.</summary>
public sealed class LineTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_NoPlaceInTime_IsRefusedAndToldWhenToComeAgain()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxConcurrentQueries", "1"), ("Observe:Query:MaxWait", "00:00:00.1"));
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task running = host.RunAsync(QueryHost.Endless(21), client.Token);
        await host.UntilRunningAsync(21);

        using HttpResponseMessage refused = await host.RunAsync("SELECT 1", Token);

        await AssertBusyAsync(refused, HttpStatusCode.ServiceUnavailable, "waited 0.1 s");
        Assert.Equal(1, host.Measured("observe.query.refused", "reason=waited_too_long"));
        await EndAsync(client, running);
    }

    [Fact]
    public async Task Question_LineFull_IsRefusedAtOnce()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxConcurrentQueries", "1"), ("Observe:Query:MaxWaitingQueries", "2"));
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task running = host.RunAsync(QueryHost.Endless(22), client.Token);
        await host.UntilRunningAsync(22);
        Task first = host.RunAsync("SELECT 1", client.Token, asker: "one");
        await Wait.UntilAsync(() => host.Measured("observe.query.waiting") == 1);

        using HttpResponseMessage tooMany = await host.RunAsync("SELECT 1", Token, asker: "one");
        Task second = host.RunAsync("SELECT 1", client.Token, asker: "two");
        await Wait.UntilAsync(() => host.Measured("observe.query.waiting") == 2);
        using HttpResponseMessage full = await host.RunAsync("SELECT 1", Token, asker: "three");

        await AssertBusyAsync(tooMany, HttpStatusCode.TooManyRequests, "0 of your queries run and 1 stand in line");
        await AssertBusyAsync(full, HttpStatusCode.ServiceUnavailable, "2 queries stand in line already");
        Assert.Equal(1, host.Measured("observe.query.refused", "reason=too_many_of_one"));
        Assert.Equal(1, host.Measured("observe.query.refused", "reason=line_full"));
        await EndAsync(client, running, first, second);
    }

    [Fact]
    public async Task Question_WhileOneAskerHasAllItMay_FindsAPlace()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxConcurrentQueries", "3"));
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] greedy = [.. Enumerable.Range(0, 5).Select(_ => host.RunAsync(QueryHost.Endless(23), client.Token, asker: "greedy"))];
        await Wait.UntilAsync(() => host.Measured("observe.query.waiting") == 3);
        await Wait.UntilAsync(async () => await host.RunningAsync(23) == 2);

        using HttpResponseMessage other = await host.RunAsync("SELECT 7", Token, asker: "modest");

        Assert.Equal("7", await other.Content.ReadAsStringAsync(Token));
        await EndAsync(client, greedy);
    }

    [Fact]
    public async Task Health_AllPlacesTaken_Answers()
    {
        await using QueryHost host = await StartAsync(("Observe:Query:MaxConcurrentQueries", "1"));
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] asked = [.. Enumerable.Range(0, 5).Select(_ => host.RunAsync(QueryHost.Endless(24), client.Token))];
        await host.UntilRunningAsync(24);

        using HttpResponseMessage ready = await host.Client.GetAsync("/health/ready", Token);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await EndAsync(client, asked);
    }

    private static async Task AssertBusyAsync(HttpResponseMessage answer, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        JsonElement problem = await QueryHost.ReadJsonAsync(answer);
        Assert.Equal("urn:observe:problem:busy", problem.GetProperty("type").GetString());
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task EndAsync(CancellationTokenSource client, params Task[] asked)
    {
        await client.CancelAsync();
        foreach (Task task in asked)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }
    }

    private async Task<QueryHost> StartAsync(params (string Key, string Value)[] settings) =>
        await QueryHost.StartAsync(await engines.DatabaseAsync("protect"), settings);
}
