using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Catalog;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Results;
using Observe.Storage.Schema;

namespace Observe.Tests.Storage.Schema;

/// <summary>Migrations 013 and 014: points of every kind move to tables of another order, and none is lost on the way.</summary>
public sealed class MetricPointsMigrationTests(EngineFixture fixture)
{
    private const int Copy = 13;

    /// <summary>1.5 ms after a second: what a millisecond does not hold is cut off, not rounded.</summary>
    private const string Time = "toDateTime64('2026-11-21 10:00:00.0015', 9, 'UTC')";

    private static readonly string[] OldRows =
    [
        """
        INSERT INTO metric_series (Day, SeriesId, MetricName, Type) VALUES
          ('2026-11-20', 1, 'one', 'gauge'), ('2026-11-21', 1, 'one', 'gauge'), ('2026-11-21', 2, 'two', 'histogram'), ('2026-11-21', 3, 'three', 'summary')
        """,
        $"""
        INSERT INTO metric_points SELECT * FROM VALUES(
          'SeriesId UInt64, Timestamp DateTime64(9, \'UTC\'), StartTimestamp DateTime64(9, \'UTC\'), Value Float64, ValueType Int8, IntRemainder Int16, Flags UInt32',
          (1, {Time}, 0, 1.5, 1, 0, 0), (1, {Time} - toIntervalDay(1), {Time}, 9223372036854775807, 2, -1, 1), (9, {Time}, 0, nan, 1, 0, 0))
        """,
        $"""
        INSERT INTO metric_histograms SELECT * FROM VALUES(
          'SeriesId UInt64, Timestamp DateTime64(9, \'UTC\'), StartTimestamp DateTime64(9, \'UTC\'), Count UInt64, Sum Nullable(Float64), Min Nullable(Float64),
           Max Nullable(Float64), ExplicitBounds Array(Float64), BucketCounts Array(UInt64), Flags UInt32',
          (2, {Time}, {Time}, 6, 12.5, 0.5, NULL, [0, 0.005, 1], [1, 2, 3, 0], 0), (2, {Time} + toIntervalMinute(1), {Time}, 7, NULL, NULL, NULL, [], [], 0),
          (2, {Time} + toIntervalMinute(2), {Time}, 6, 12.5, 0.5, NULL, [0, 0.005, 1], [1, 2, 3, 4], 0))
        """,
        $"""
        INSERT INTO metric_exponential_histograms SELECT 2, {Time}, {Time}, 10, 5, NULL, 3, -3, 2, 0.25, -2, [1, 0, 128], 1, [4], 1
        """,
        $"""
        INSERT INTO metric_summaries SELECT 3, {Time}, 0, 4, 2.5, [0.5, 0.99], [2, 4], 0
        """,
        $$"""
        INSERT INTO metric_exemplars SELECT 2, {{Time}}, 7, 2, 0, unhex(repeat('0A', 16)), unhex(repeat('0B', 8)), '{"a": 5, "b.c": "x"}'::JSON
        """,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_OldRowsOfEachKind_AreInTheNewTables()
    {
        await using EmbeddedEngine engine = await OldAsync("points_migrated");

        // As a process leaves it that is killed before the migration is recorded.
        await ApplyAsync(engine, Migration.All.Where(static migration => migration.Number == Copy));
        await new Migrator(engine, NullLogger<Migrator>.Instance).MigrateAsync(Token);

        Assert.Equal(
            [
                " 9 1795255200001 0 nan double 0 0",
                "one 1 1795168800001 1795255200001 9223372036854776000 int -1 1",
                "one 1 1795255200001 0 1.5 double 0 0",
            ],
            await PointsAsync(engine, "number_points", "Value", "ValueType", "IntRemainder", "Flags"));
        Assert.Equal(
            [
                "two 2 1795255200001 1795255200001 6 12.5 0.5 NULL [0,0.005,1] [1,2,3,0] 0",
                "two 2 1795255260001 1795255200001 7 NULL NULL NULL [] [] 0",
                "two 2 1795255320001 1795255200001 6 12.5 0.5 NULL [0,0.005,1] [1,2,3,4] 0",
            ],
            await PointsAsync(engine, "histogram_points JOIN histogram_bounds USING (BoundsId)", "Count", "Sum", "Min", "Max", "Bounds", "BucketCounts", "Flags"));
        Assert.Equal(
            ["two 2 1795255200001 1795255200001 10 5 NULL 3 -3 2 0.25 -2 [1,0,128] 1 [4] 1"],
            await PointsAsync(
                engine,
                "exponential_histogram_points",
                ["Count", "Sum", "Min", "Max", "Scale", "ZeroCount", "ZeroThreshold", "PositiveOffset", "PositiveBucketCounts", "NegativeOffset", "NegativeBucketCounts", "Flags"]));
        Assert.Equal(["three 3 1795255200001 0 4 2.5 [0.5,0.99] [2,4] 0"], await PointsAsync(engine, "summary_points", "Count", "Sum", "Quantiles", "Values", "Flags"));
        Assert.Equal(
            ["two 2 1795255200001500000 7 int 0 0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A 0B0B0B0B0B0B0B0B 5 x"],
            await RowsAsync(
                engine,
                "exemplars",
                ["MetricName", "SeriesId", "toUnixTimestamp64Nano(Timestamp)", "Value", "ValueType", "IntRemainder", "hex(TraceId)", "hex(SpanId)", "Attributes.a.:Int64", "Attributes.b.c.:String"]));
    }

    [Fact]
    public async Task Migrate_BoundsOfOldRows_HaveTheIdsThatIngestGivesThem()
    {
        await using EmbeddedEngine engine = await OldAsync("points_migrated_bounds");
        await new Migrator(engine, NullLogger<Migrator>.Instance).MigrateAsync(Token);
        byte[] bounds = [.. BitConverter.GetBytes(0.0), .. BitConverter.GetBytes(0.005), .. BitConverter.GetBytes(1.0)];

        Assert.Equal(
            new[] { $"2026-11-21 {new BoundsCache().Get(bounds).Id} [0,0.005,1]", $"2026-11-21 {new BoundsCache().Get([]).Id} []" }.Order(StringComparer.Ordinal),
            (await RowsAsync(engine, "histogram_bounds", "Day", "BoundsId", "Bounds")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Migrate_OldTables_AreGone()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("points_migrated_empty");

        Assert.Equal(
            ["metric_refusals", "metric_series"],
            (await RowsAsync(engine, "system.tables WHERE database = currentDatabase() AND startsWith(name, 'metric_')", "name")).Order(StringComparer.Ordinal));
    }

    /// <summary>A database as the version before left it, with rows of each kind.</summary>
    private async Task<EmbeddedEngine> OldAsync(string database)
    {
        EmbeddedEngine engine = await fixture.OpenAsync(new StorageOptions { DataDirectory = "unused", Database = database });
        await ExecuteAsync(engine, "CREATE TABLE schema_migrations (Number UInt32, Name String) ENGINE = MergeTree ORDER BY Number");
        Migration[] old = [.. Migration.All.Where(static migration => migration.Number < Copy)];
        await ApplyAsync(engine, old);
        await ExecuteAsync(
            engine,
            [$"INSERT INTO schema_migrations VALUES {string.Join(", ", old.Select(static migration => $"({migration.Number}, '{migration.Name}')"))}", .. OldRows]);
        return engine;
    }

    private static Task ApplyAsync(EmbeddedEngine engine, IEnumerable<Migration> migrations) =>
        ExecuteAsync(engine, [.. migrations.SelectMany(migration => migration.Statements(engine.Database))]);

    private static async Task ExecuteAsync(EmbeddedEngine engine, params string[] statements)
    {
        foreach (string statement in statements)
        {
            await engine.ExecuteAsync(new SqlStatement(statement), Token);
        }
    }

    /// <summary>All points in order, with their name, series and times in Unix milliseconds.</summary>
    private static Task<IEnumerable<string>> PointsAsync(EmbeddedEngine engine, string from, params string[] columns) =>
        RowsAsync(engine, from, ["MetricName", "SeriesId", "toUnixTimestamp64Milli(Timestamp)", "toUnixTimestamp64Milli(StartTimestamp)", .. columns]);

    private static async Task<IEnumerable<string>> RowsAsync(IStorageEngine engine, string from, params string[] columns)
    {
        string values = string.Join(", ", columns.Select(static column => $"ifNull(toString({column}), 'NULL')"));
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement($"SELECT concatWithSeparator(' ', {values}) AS r FROM {from} ORDER BY r"), Token);
        return blocks.SelectMany(static block => Enumerable.Range(0, block.RowCount).Select(row => block["r"].GetString(row)));
    }
}
