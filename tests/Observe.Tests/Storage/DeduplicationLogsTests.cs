using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;

namespace Observe.Tests.Storage;

public sealed class DeduplicationLogsTests(EngineFixture fixture) : IDisposable
{
    private readonly string _engine = Directory.CreateTempSubdirectory("observe-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_engine, recursive: true);

    /// <summary>
    /// The engine's own files: a killed process is made by taking the part away while the table is detached. Should the first half of this
    /// test fail one day, the engine has learnt it, and the repair can go.
    /// </summary>
    [Fact]
    public async Task TokenWithoutPart_OfTheRealEngine_IsStoredWhenRepeatedAfterTheRepair()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_repair");
        await engine.InsertAsync(TableRows.Points(days: 2), "token", Token);
        string path = (await engine.QueryAllAsync(
            new SqlStatement("SELECT data_paths[1] AS p FROM system.tables WHERE database = currentDatabase() AND name = 'number_points'"), Token))[0]["p"].GetString(0);

        await engine.ExecuteAsync(new SqlStatement("DETACH TABLE number_points"), Token);
        Directory.Delete(Assert.Single(Directory.GetDirectories(path, "20241005_*")), recursive: true);
        await engine.ExecuteAsync(new SqlStatement("ATTACH TABLE number_points"), Token);
        await engine.InsertAsync(TableRows.Points(days: 2), "token", Token);
        Assert.Equal("20000: 3", await TableRows.RowsPerDayAsync(engine, "number_points"));

        await engine.ExecuteAsync(new SqlStatement("DETACH TABLE number_points"), Token);
        Assert.Equal(1, DeduplicationLogs.RepairTable(path));
        Assert.Equal(0, DeduplicationLogs.RepairTable(path));
        await engine.ExecuteAsync(new SqlStatement("ATTACH TABLE number_points"), Token);
        await engine.InsertAsync(TableRows.Points(days: 2), "token", Token);
        await engine.InsertAsync(TableRows.Points(days: 2), "token", Token);

        Assert.Equal("20000: 3, 20001: 3", await TableRows.RowsPerDayAsync(engine, "number_points"));
    }

    [Fact]
    public void Repair_PartsThatAreThereOrMerged_LeavesTheirTokens()
    {
        string log = Table("1\t20241004_1_1_0\ta\n1\t20241004_2_2_0\tb\n1\t20241004_5_5_0\tc\n", "20241004_1_3_1", "20241004_5_5_0_9", "detached");
        string before = File.ReadAllText(log);

        Assert.Equal(0, DeduplicationLogs.Repair(_engine));
        Assert.Equal(before, File.ReadAllText(log));
    }

    [Fact]
    public void Repair_PartsThatAreNot_TakesTheirTokensBack()
    {
        string log = Table(
            "1\t20241004_1_1_0\ta\n1\t20241004_2_2_0\tb\n1\t20241005_3_3_0\tc\n2\t20241005_3_3_0\tc\n",
            "20241004_1_1_0", "tmp_insert_20241004_2_2_0", "delete_tmp_20241004_2_2_0", "20241005_2_2_0");

        Assert.Equal(1, DeduplicationLogs.Repair(_engine));
        Assert.EndsWith("2\t20241005_3_3_0\tc\n2\t20241004_2_2_0\tb\n", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_RecordWrittenByHalf_IsCutOff()
    {
        string log = Table("1\t20241004_1_1_0\ta\n1\t20241004_2_", "20241004_1_1_0");

        Assert.Equal(0, DeduplicationLogs.Repair(_engine));
        Assert.Equal("1\t20241004_1_1_0\ta\n", File.ReadAllText(log));
    }

    [Fact]
    public void Repair_RecordWrittenByHalfWithOthersAfterIt_IsTakenOut()
    {
        string log = Table("1\t20241004_1_1_0\ta\n1\t20241004_21\t20241004_3_3_0\tc\n1\t20241004_4_4_0\td\n", "20241004_1_4_1");

        Assert.Equal(0, DeduplicationLogs.Repair(_engine));
        Assert.Equal("1\t20241004_1_1_0\ta\n1\t20241004_3_3_0\tc\n1\t20241004_4_4_0\td\n", File.ReadAllText(log));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Path.GetDirectoryName(log))!));
    }

    [Fact]
    public void Repair_SeveralLogs_AreReadInTheirOrder()
    {
        string tenth = Table("2\t20241004_1_1_0\ta\n", number: 10);
        Table("1\t20241004_1_1_0\ta\n1\t20241004_2_2_0\tb\n", number: 9);

        Assert.Equal(1, DeduplicationLogs.Repair(_engine));
        Assert.EndsWith("2\t20241004_2_2_0\tb\n", File.ReadAllText(tenth), StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_NoEngineYet_DoesNothing() => Assert.Equal(0, DeduplicationLogs.Repair(Path.Combine(_engine, "missing")));

    private string Table(string log, params string[] parts) => Table(log, 1, parts);

    private string Table(string log, int number, params string[] parts)
    {
        string table = Path.Combine(_engine, "store", "abc", "abc-1");
        foreach (string part in parts)
        {
            Directory.CreateDirectory(Path.Combine(table, part));
        }

        string logs = Directory.CreateDirectory(Path.Combine(table, DeduplicationLogs.DirectoryName)).FullName;
        string file = Path.Combine(logs, $"deduplication_log_{number}.txt");
        File.WriteAllText(file, log);
        return file;
    }
}
