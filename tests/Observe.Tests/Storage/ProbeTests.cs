using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Storage;

public sealed class ProbeTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Batches { get; } =
        [.. typeof(ColumnBatch).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ColumnBatch)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Probe_TableOfThisVersion_IsAcceptedAndStoresNothing(string name)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("probe");
        var batch = (ColumnBatch)Activator.CreateInstance(typeof(ColumnBatch).Assembly.GetType($"{typeof(ColumnBatch).Namespace}.{name}", throwOnError: true)!)!;

        await engine.ProbeAsync(batch, Token);

        Assert.Equal(0, await TableRows.CountAsync(engine, $"count() FROM {batch.Table}"));
    }

    [Theory]
    [InlineData("ALTER TABLE number_points DROP COLUMN Flags", "No such column Flags")]
    [InlineData("ALTER TABLE number_points DROP COLUMN Flags; ALTER TABLE number_points ADD COLUMN Flags Array(String)", "column \"Flags\" from type UInt32")]
    [InlineData("DROP TABLE number_points", "number_points does not exist")]
    public async Task Probe_TableThatTheBatchDoesNotFit_SaysWhy(string change, string reason)
    {
        // A database for each change: they do not stand beside each other.
        IStorageEngine engine = await fixture.DatabaseAsync($"probe_{change.Length}");
        foreach (string statement in change.Split(';'))
        {
            await engine.ExecuteAsync(new SqlStatement(statement), Token);
        }

        var exception = await Assert.ThrowsAsync<StorageException>(() => engine.ProbeAsync(new NumberPointBatch(), Token));

        Assert.Equal(StorageError.BadStatement, exception.Error);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_TableWithTooManyParts_FailsAsAnInsertWould()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("probe_parts");
        await engine.ExecuteAsync(new SqlStatement("ALTER TABLE number_points MODIFY SETTING parts_to_delay_insert = 1, parts_to_throw_insert = 1"), Token);
        await engine.InsertAsync(TableRows.Points(days: 1), null, Token);

        var exception = await Assert.ThrowsAsync<StorageException>(() => engine.ProbeAsync(new NumberPointBatch(), Token));

        Assert.Equal(StorageError.Failed, exception.Error);
    }

    [Fact]
    public async Task Probe_BatchWithRows_IsADefectOfTheCaller()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("probe_rows");
        await Assert.ThrowsAsync<ArgumentException>(() => engine.ProbeAsync(TableRows.Points(days: 1), Token));
    }
}
