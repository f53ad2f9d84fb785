using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;

namespace Observe.Tests.Storage;

public sealed class EngineClosingTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_AResultWasForgotten_ClosesAllTheSame()
    {
        EmbeddedEngine engine = await OpenAsync("closing_forgotten");
        QueryResult forgotten = await engine.QueryAsync(new SqlStatement("SELECT number FROM numbers(100000000)"), Token);
        Assert.NotNull(await forgotten.ReadBlockAsync(Token));

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

        var late = await Assert.ThrowsAsync<StorageException>(() => engine.QueryAllAsync(new SqlStatement("SELECT 1"), Token));
        Assert.Equal(StorageError.Unavailable, late.Error);
        await forgotten.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_AQueryRuns_EndsIt()
    {
        EmbeddedEngine engine = await OpenAsync("closing_running");
        Task<QueryResult> endless = engine.QueryAsync(
            new SqlStatement("SELECT count() FROM numbers(2000000000000) WHERE cityHash64(number) = 1"), Token);

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

        await Assert.ThrowsAnyAsync<Exception>(() => endless);
    }

    private Task<EmbeddedEngine> OpenAsync(string database) => fixture.OpenAsync(
        new StorageOptions { Database = database, Engine = new() { CloseGrace = TimeSpan.FromMilliseconds(500) } });
}
