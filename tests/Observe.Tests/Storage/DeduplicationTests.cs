using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Storage;

/// <summary>What ingest relies on when it repeats an insert of which it does not know how it ended.</summary>
public sealed class DeduplicationTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RepeatedInsert_SeveralPartitions_IsDroppedInEach()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_partitions");

        await engine.InsertAsync(TableRows.Points(days: 4), "token", Token);
        await engine.InsertAsync(TableRows.Points(days: 4), "token", Token);

        Assert.Equal("20000: 3, 20001: 3, 20002: 3, 20003: 3", await TableRows.RowsPerDayAsync(engine, "number_points"));
    }

    [Fact]
    public async Task RepeatedInsert_SomePartitionsMissing_StoresTheMissingOnes()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_missing");

        // As a process leaves it that is killed between the parts of one insert.
        await engine.InsertAsync(TableRows.Points(days: 1), "token", Token);
        await engine.InsertAsync(TableRows.Points(days: 3), "token", Token);

        Assert.Equal("20000: 3, 20001: 3, 20002: 3", await TableRows.RowsPerDayAsync(engine, "number_points"));
    }

    /// <summary>What the isolation of a refused batch relies on, which goes through its days one by one under the batch's token.</summary>
    [Fact]
    public async Task OneDayOfAnInsert_UnderItsToken_IsDroppedWhereTheDayIsStored()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_days");
        ColumnBatch whole = TableRows.Points(days: 3);
        await engine.InsertAsync(whole, "token", Token);
        for (ushort day = 20_000; day < 20_004; day++)
        {
            var alone = new NumberPointBatch();
            alone.AppendDay(TableRows.Points(days: 4), day);
            Assert.Equal(3, alone.RowCount);
            await engine.InsertAsync(alone, "token", Token);
        }

        Assert.Equal("20000: 3, 20001: 3, 20002: 3, 20003: 3", await TableRows.RowsPerDayAsync(engine, "number_points"));
    }

    [Fact]
    public async Task RepeatedInsert_MoreDaysThanTheOldWindow_IsDropped()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_window");

        // Thousands of parts are flushed for minutes where others use the disk, and nothing here is about that.
        await engine.ExecuteAsync(new SqlStatement("ALTER TABLE number_points MODIFY SETTING fsync_after_insert = 0, fsync_part_directory = 0"), Token);
        await engine.InsertAsync(TableRows.Points(days: 1100), "token", Token);
        await engine.InsertAsync(TableRows.Points(days: 1100), "token", Token);

        Assert.Equal(3300, await TableRows.CountAsync(engine, "count() FROM number_points"));
    }

    [Theory]
    [InlineData("schema_migrations")]
    [InlineData("trace_times")]
    [InlineData("resources")]
    [InlineData("scopes")]
    [InlineData("fields")]
    [InlineData("metric_series")]
    [InlineData("histogram_bounds")]
    public async Task Table_OfAnyOther_IsFlushed(string table)
    {
        string definition = await DefinitionAsync(table);
        foreach (string setting in new[] { "fsync_after_insert = 1", "fsync_part_directory = 1", "min_rows_to_fsync_after_merge = 1" })
        {
            Assert.Contains(setting, definition, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("spans")]
    [InlineData("number_points")]
    [InlineData("histogram_points")]
    [InlineData("exponential_histogram_points")]
    [InlineData("summary_points")]
    [InlineData("exemplars")]
    [InlineData("ingest_ledger")]
    public async Task Table_OfInsertsWithTokens_IsFlushedAndRemembersThem(string table)
    {
        string definition = await DefinitionAsync(table);
        foreach (string setting in new[]
            {
                "non_replicated_deduplication_window = 10000", "fsync_after_insert = 1", "fsync_part_directory = 1", "min_rows_to_fsync_after_merge = 1",
            })
        {
            Assert.Contains(setting, definition, StringComparison.Ordinal);
        }
    }

    private async Task<string> DefinitionAsync(string table)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("dedup_settings");
        return (await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT create_table_query AS q FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
                [SqlParameter.String("table", table)]),
            Token))[0]["q"].GetString(0);
    }
}
