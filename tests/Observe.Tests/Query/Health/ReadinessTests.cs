using Observe.Query.Health;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Tests.Query.Ledger;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Health;

public sealed class ReadinessTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_NothingWrong_HasNoReasons()
    {
        IStorageEngine engine = await engines.DatabaseAsync("readiness");
        var health = new EngineHealth(engine, TimeProvider.System);

        Assert.Empty(await new Readiness(health).CheckAsync(Token));
        Assert.Empty(await new Readiness(health, new FakeIngestStatus()).CheckAsync(Token));
    }

    [Fact]
    public async Task Check_EngineAndIngest_NamesBoth()
    {
        EmbeddedEngine engine = await engines.OpenAsync(new StorageOptions { Database = "readiness_closed" });
        await engine.DisposeAsync();
        var readiness = new Readiness(
            new EngineHealth(engine, TimeProvider.System), new FakeIngestStatus { NotReadyReason = "the journal cannot be written." });

        Assert.Equal(["Storage is closing.", "the journal cannot be written."], await readiness.CheckAsync(Token));
    }
}
