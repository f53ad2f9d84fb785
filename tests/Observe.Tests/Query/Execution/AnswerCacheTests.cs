using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>Answers that are given again are always those that the engine would give, but for <c>MaxAge</c>.</summary>
public sealed class AnswerCacheTests(EngineFixture engines)
{
    private const string Histogram = "/api/v1/histogram?q=&from=2026-01-02T03:00:00Z&to=2026-01-02T04:00:00Z";
    private const string NoAge = "00:00:00";
    private const string Forever = "00:10:00";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_WithinItsAge_IsGivenAgain()
    {
        await using QueryHost host = await StartAsync(Forever);

        Assert.Equal(5, await TotalAsync(host));
        await Seed.InsertAsync(host.Engine, Token);
        Assert.Equal(5, await TotalAsync(host));

        Assert.Equal((1, 1), (Answers(host, "read"), Answers(host, "kept")));
    }

    [Fact]
    public async Task Answer_Older_IsGivenAgainUntilSomethingIsStored()
    {
        await using QueryHost host = await StartAsync(NoAge);
        Assert.Equal(5, await TotalAsync(host)); // has no stamp yet
        Assert.Equal(5, await TotalAsync(host));
        Assert.Equal(5, await TotalAsync(host));
        Assert.Equal((2, 1), (Answers(host, "read"), Answers(host, "kept")));

        await Seed.InsertAsync(host.Engine, Token);
        Assert.Equal(10, await TotalAsync(host));
        Assert.Equal(10, await TotalAsync(host));
        Assert.Equal((3, 2), (Answers(host, "read"), Answers(host, "kept")));
    }

    [Fact]
    public async Task Answer_PartsMerged_IsGivenAgain()
    {
        await using QueryHost host = await StartAsync(NoAge);
        await Seed.InsertAsync(host.Engine, Token);
        Assert.Equal(10, await TotalAsync(host));
        Assert.Equal(10, await TotalAsync(host));

        await host.Engine.ExecuteAsync(new SqlStatement("OPTIMIZE TABLE logs FINAL"), Token);

        Assert.Equal(10, await TotalAsync(host));
        Assert.Equal((2, 1), (Answers(host, "read"), Answers(host, "kept")));
    }

    [Fact]
    public async Task Answer_RowsRemoved_IsReadAgain()
    {
        await using QueryHost host = await StartAsync(NoAge);
        Assert.Equal(5, await TotalAsync(host));
        Assert.Equal(5, await TotalAsync(host));

        await host.Engine.ExecuteAsync(new SqlStatement("ALTER TABLE logs DROP PARTITION '2026-01-02'"), Token);

        Assert.Equal(0, await TotalAsync(host));
    }

    [Fact]
    public async Task Answer_StoredOutsideItsTime_IsGivenAgain()
    {
        await using QueryHost host = await StartAsync(NoAge);
        const string DayBefore = "/api/v1/histogram?q=&from=2026-01-01T03:00:00Z&to=2026-01-01T04:00:00Z";
        Assert.Equal(0, await TotalAsync(host, DayBefore));
        Assert.Equal(0, await TotalAsync(host, DayBefore));

        // The same resources and scopes come again, which nobody can tell from new ones.
        await host.Engine.ExecuteAsync(new SqlStatement("INSERT INTO logs (Timestamp, Body) VALUES ('2026-01-05 00:00:00', 'late')"), Token);

        Assert.Equal(0, await TotalAsync(host, DayBefore));
        Assert.Equal((2, 1), (Answers(host, "read"), Answers(host, "kept")));
    }

    [Fact]
    public async Task Answer_AskerWantsItFresh_IsReadNow()
    {
        await using QueryHost host = await StartAsync(Forever);
        Assert.Equal(5, await TotalAsync(host));
        await Seed.InsertAsync(host.Engine, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Histogram);
        request.Headers.CacheControl = new() { NoCache = true };

        using HttpResponseMessage response = await host.Client.SendAsync(request, Token);

        Assert.Equal(10, (await QueryHost.ReadJsonAsync(response)).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Answer_LargerThanAnEntry_IsNotKept()
    {
        await using QueryHost host = await StartAsync(Forever, ("Observe:Query:Cache:MaxEntryBytes", "100"));
        Assert.Equal(5, await TotalAsync(host));
        await Seed.InsertAsync(host.Engine, Token);

        Assert.Equal(10, await TotalAsync(host));
    }

    [Fact]
    public async Task Answers_MoreThanTheCacheHolds_TheLeastUsedGoes()
    {
        // An entry counts a kilobyte and its blocks; two find room.
        await using QueryHost host = await StartAsync(Forever, ("Observe:Query:Cache:MaxBytes", "3000"));
        await AskAsync(host, "SELECT 1");
        await AskAsync(host, "SELECT 2");
        Assert.True((await AskAsync(host, "SELECT 1")).IsKept);

        await AskAsync(host, "SELECT 3");

        Assert.True((await AskAsync(host, "SELECT 1")).IsKept);
        Assert.False((await AskAsync(host, "SELECT 2")).IsKept);
    }

    [Fact]
    public async Task Asked_SameAtOnce_IsReadOnce()
    {
        await using QueryHost host = await StartAsync(Forever);
        const string Slow = "SELECT count() FROM numbers(300000000) WHERE cityHash64(number) = 1";

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(host, Slow)));

        Assert.All(answers, answer => Assert.Same(answers[0].Blocks, answer.Blocks));
        Assert.Equal((1, 4), (Answers(host, "read"), Answers(host, "shared")));
    }

    [Fact]
    public async Task Asked_FirstAskerLeaves_TheOthersHaveTheirAnswer()
    {
        await using QueryHost host = await StartAsync(Forever);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<Answer> leaves = AskAsync(host, QueryHost.Endless(41), first.Token);
        await host.UntilRunningAsync(41);
        Task<Answer> stays = AskAsync(host, QueryHost.Endless(41), second.Token);

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        Assert.Equal(1, await host.RunningAsync(41));
        Assert.False(stays.IsCompleted);

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stays);
        await host.AssertEndsWithinASecondAsync(41);
    }

    [Fact]
    public async Task Asked_FirstAskersQuestionEnded_TheOthersAskAgain()
    {
        await using QueryHost host = await StartAsync(Forever);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<Answer> ended = AskAsync(host, QueryHost.Endless(42));
        await host.UntilRunningAsync(42);
        Task<Answer> other = AskAsync(host, QueryHost.Endless(42), second.Token);
        Question question = host.Get<QuestionRegister>().Questions.Single();

        question.End();

        await Assert.ThrowsAsync<QueryEndedException>(() => ended);
        await Wait.UntilAsync(async () => host.Get<QuestionRegister>().Questions.Any(q => q != question) && await host.RunningAsync(42) == 1);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        await host.AssertEndsWithinASecondAsync(42);
    }

    [Fact]
    public async Task Asked_Fails_EverybodyIsTold()
    {
        await using QueryHost host = await StartAsync(Forever);
        const string Wrong = "SELECT throwIf(number = 299999999) FROM numbers(300000000) WHERE cityHash64(number) = 1 OR number > 299999990";

        Task<Answer>[] asked = [.. Enumerable.Range(0, 3).Select(_ => AskAsync(host, Wrong))];

        foreach (Task<Answer> task in asked)
        {
            await Assert.ThrowsAsync<StorageException>(() => task);
        }
    }

    private static int Answers(QueryHost host, string result) => (int)host.Measured("observe.query.cache.answers", $"result={result}");

    private static Task<Answer> AskAsync(QueryHost host, string sql, CancellationToken? cancellationToken = null) => host.Get<IQueryEngine>().AskAsync(
        new SqlStatement(sql), DataScope.Of(SearchSignal.Logs, new TimeRange(Seed.Base, Seed.Base + Seed.Second)), cancellationToken ?? Token);

    private static async Task<long> TotalAsync(QueryHost host, string path = Histogram) => (await host.JsonAsync(path)).GetProperty("total").GetInt64();

    private async Task<QueryHost> StartAsync(string maxAge, params (string Key, string Value)[] settings)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"cache_{Guid.NewGuid():N}");
        await Seed.InsertAsync(engine, Token);
        return await QueryHost.StartAsync(engine, [("Observe:Query:Cache:MaxAge", maxAge), .. settings]);
    }
}
