using System.Net;
using System.Runtime.CompilerServices;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>Statements that need more memory than each may have from the beginning.</summary>
public sealed class MemoryTests(EngineFixture engines)
{
    /// <summary>Needs more than 64 MB and less than 256 MB.</summary>
    private const string Medium = "SELECT length(groupArray(number)) FROM numbers(5000000)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statement_NeedsMoreThanASmallOne_IsRunAgainWithTheWhole()
    {
        await using QueryHost host = await StartAsync("268435456");

        using HttpResponseMessage first = await host.RunAsync(Medium, Token);
        Assert.Equal("5000000", await first.Content.ReadAsStringAsync(Token));
        Assert.Equal(1, host.Measured("observe.query.repeated"));

        using HttpResponseMessage second = await host.RunAsync(Medium, Token);
        Assert.Equal("5000000", await second.Content.ReadAsStringAsync(Token));
        Assert.Equal(1, host.Measured("observe.query.repeated"));
    }

    [Fact]
    public async Task Statement_NeedsMoreThanTheWhole_IsEnded()
    {
        await using QueryHost host = await StartAsync("67108864");

        using HttpResponseMessage answer = await host.RunAsync(Medium, Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Observe:Query:MaxMemory", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_SideBySideNeedMoreThanASmallOne_AreBothRunAgain()
    {
        var engine = new ShortOfMemoryEngine(await engines.DatabaseAsync("protect"), 64L << 20);
        await using QueryHost host = await QueryHost.StartAsync(engine, ("Observe:Query:MaxMemory", "268435456"));
        var queries = host.Get<IQueryEngine>();
        using IDisposable question = Question.Begin("test", TimeProvider.System);

        await Task.WhenAll(
            queries.QueryAllAsync(new SqlStatement(ShortOfMemoryEngine.First), Token), queries.QueryAllAsync(new SqlStatement(ShortOfMemoryEngine.Second), Token));

        Assert.Equal(2, host.Measured("observe.query.repeated"));
    }

    [Fact]
    public async Task Places_ByDefault_BoundTheMemoryOfAll()
    {
        await using QueryHost host = await StartAsync("536870912");
        var places = host.Get<QuestionPlaces>();

        Assert.Equal(1, places.LargeCount);
        Assert.Equal(128L << 20, places.SmallMemory);
        Assert.Equal(512L << 20, places.LargeMemory);
    }

    [Fact]
    public async Task LargeQuestions_OfALongText_RememberItWithoutKeepingIt()
    {
        await using QueryHost host = await StartAsync("268435456");
        var larges = host.Get<LargeQuestions>();

        WeakReference text = Remember(larges);
        GC.Collect();

        Assert.False(text.IsAlive);
        Assert.True(larges.Knows(Long(1)));
        Assert.False(larges.Knows(Long(2)));
    }

    /// <summary>Apart, so that no local variable holds the text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Remember(LargeQuestions larges)
    {
        SqlStatement statement = Long(1);
        larges.Remember(statement);
        return new WeakReference(statement.Text);
    }

    private static SqlStatement Long(int last) => new($"SELECT {new string('1', 100_000)}{last}");

    private async Task<QueryHost> StartAsync(string maxMemory) =>
        await QueryHost.StartAsync(await engines.DatabaseAsync("protect"), ("Observe:Query:MaxMemory", maxMemory));
}
