using System.Text;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;

namespace Observe.Tests.Storage;

public sealed class FormattedResultTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Format_Json_IsALineForEachRow()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");
        var statement = new SqlStatement("SELECT number AS n, {text:String} AS t, 1.0 AS d FROM numbers(2)", [SqlParameter.String("text", "a \"b\"\n")]);

        Assert.Equal(
            """
            {"n":0,"t":"a \"b\"\n","d":1}
            {"n":1,"t":"a \"b\"\n","d":1}

            """,
            Encoding.UTF8.GetString(await ReadAsync(engine, statement, ResultFormat.JsonEachRow)));
    }

    /// <summary>Far more rows than the engine puts into one block.</summary>
    [Fact]
    public async Task Format_ManyBlocksOfCsv_HaveOneHeader()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");

        string csv = Encoding.UTF8.GetString(await ReadAsync(
            engine, new SqlStatement("SELECT number AS n, 'x' AS t FROM numbers(300000)"), ResultFormat.Csv));

        Assert.Equal("\"n\",\"t\"\n" + string.Concat(Enumerable.Range(0, 300_000).Select(n => $"{n},\"x\"\n")), csv);
    }

    /// <summary>The engine itself reads what it wrote, as one file.</summary>
    [Theory]
    [InlineData(ResultFormat.ArrowStream)]
    [InlineData(ResultFormat.Parquet)]
    public async Task Format_ManyBlocks_AreOneFile(ResultFormat format)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");
        byte[] bytes = await ReadAsync(engine, new SqlStatement("SELECT number AS n, toString(number) AS t FROM numbers(300000)"), format);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes, Token);
            var read = await engine.QueryAllAsync(
                new SqlStatement($"SELECT count() AS c, sum(n) AS s, uniqExact(t) AS u FROM file({SqlText.QuoteString(file)}, {format})"), Token);
            Assert.Equal(300_000L, read[0]["c"].GetInt64(0));
            Assert.Equal(299_999L * 150_000, read[0]["s"].GetInt64(0));
            Assert.Equal(300_000L, read[0]["u"].GetInt64(0));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(ResultFormat.JsonEachRow, "")]
    [InlineData(ResultFormat.Csv, "\"n\"\n")]
    public async Task Format_NoRows_IsStillADocument(ResultFormat format, string expected)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");

        Assert.Equal(expected, Encoding.UTF8.GetString(await ReadAsync(engine, new SqlStatement("SELECT number AS n FROM numbers(0)"), format)));
    }

    [Fact]
    public async Task Format_WrongStatement_FailsAtTheStart()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");

        var error = await Assert.ThrowsAsync<StorageException>(
            () => engine.FormatAsync(new SqlStatement("SELECT nothing FROM nowhere"), ResultFormat.Csv, Token));

        Assert.Equal(StorageError.BadStatement, error.Error);
    }

    /// <summary>The engine ends a Parquet file properly even then, so that only the exception tells.</summary>
    [Theory]
    [InlineData(ResultFormat.JsonEachRow)]
    [InlineData(ResultFormat.Csv)]
    [InlineData(ResultFormat.ArrowStream)]
    [InlineData(ResultFormat.Parquet)]
    public async Task Format_FailsInMidStream_ThrowsAfterTheFirstBytes(ResultFormat format)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats");
        await using FormattedResult result = await engine.FormatAsync(
            new SqlStatement("SELECT throwIf(number = 2000000) AS n, repeat(toString(sipHash64(number)), 5) AS t FROM numbers(3000000)"), format, Token);
        Assert.NotEqual(0, (await result.ReadAsync(Token)).Length);

        await Assert.ThrowsAsync<StorageException>(() => DrainAsync(result, Token));
    }

    [Theory]
    [InlineData(ResultFormat.JsonEachRow)]
    [InlineData(ResultFormat.Csv)]
    [InlineData(ResultFormat.ArrowStream)]
    [InlineData(ResultFormat.Parquet)]
    public async Task Format_ReaderLeavesHalfWay_EndsTheQuery(ResultFormat format)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_left");
        string endless = $"numbers({900_000_000_000 + (int)format})";
        await using (FormattedResult result = await engine.FormatAsync(
            new SqlStatement($"SELECT number, repeat(toString(sipHash64(number)), 5) AS t FROM {endless}"), format, Token))
        {
            Assert.NotEqual(0, (await result.ReadAsync(Token)).Length);
            Assert.Equal(1, await RunningAsync(engine, endless));
        }

        Assert.Equal(0, await RunningAsync(engine, endless));
    }

    [Fact]
    public async Task Format_TokenCancelledWhileItWaitsForItsReader_EndsTheQuery()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_cancel");
        const string Endless = "numbers(910000000000)";
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using FormattedResult result = await engine.FormatAsync(
            new SqlStatement($"SELECT number FROM {Endless}"), ResultFormat.JsonEachRow, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(result, cancellation.Token));

        Assert.Equal(0, await RunningAsync(engine, Endless));
    }

    [Fact]
    public async Task Format_TokenCancelledBeforeTheFirstByte_EndsTheQuery()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_cancel");
        const string Endless = "numbers(920000000000)";
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<FormattedResult> starting = engine.FormatAsync(
            new SqlStatement($"SELECT count() FROM {Endless} WHERE cityHash64(number) = 1"), ResultFormat.JsonEachRow, cancellation.Token);
        await Wait.UntilAsync(async () => await RunningAsync(engine, Endless) == 1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Equal(0, await RunningAsync(engine, Endless));
    }

    [Fact]
    public async Task Close_ResultHalfRead_DoesNotWaitForItsReader()
    {
        EmbeddedEngine engine = await fixture.OpenAsync(new StorageOptions { DataDirectory = "unused", Database = "formats_close" });
        await using FormattedResult result = await engine.FormatAsync(
            new SqlStatement("SELECT number FROM numbers(930000000000)"), ResultFormat.JsonEachRow, Token);
        Assert.NotEqual(0, (await result.ReadAsync(Token)).Length);

        Task closing = engine.DisposeAsync().AsTask();
        var error = await Assert.ThrowsAsync<StorageException>(() => DrainAsync(result, Token));
        Assert.Equal(StorageError.Unavailable, error.Error);
        await result.DisposeAsync();
        await closing;
    }

    [Fact]
    public async Task Format_Read_TellsWhatItCost()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_cost");
        await engine.ExecuteAsync(new SqlStatement("CREATE TABLE cost (n UInt64) ENGINE = MergeTree ORDER BY n"), Token);
        await engine.ExecuteAsync(new SqlStatement("INSERT INTO cost SELECT number FROM numbers(100000)"), Token);
        await using FormattedResult result = await engine.FormatAsync(new SqlStatement("SELECT n FROM cost"), ResultFormat.Csv, Token);

        await DrainAsync(result, Token);

        Assert.Equal(100_000UL, result.Statistics.RowsRead);
        Assert.Equal(800_000UL, result.Statistics.BytesRead);
        Assert.True(result.Statistics.Elapsed > TimeSpan.Zero);
    }

    /// <summary>560 MB of rows go through a query that may take 100 MB.</summary>
    [Theory]
    [InlineData(ResultFormat.JsonEachRow)]
    [InlineData(ResultFormat.Csv)]
    [InlineData(ResultFormat.ArrowStream)]
    [InlineData(ResultFormat.Parquet)]
    public async Task Format_MillionsOfRows_StayWithinTheMemoryOfAQuery(ResultFormat format)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_large");
        var statement = new SqlStatement(
            "SELECT number, repeat(hex(sipHash128(number)), 8) AS t FROM numbers(2000000)", [], [new("max_memory_usage", "100000000")]);
        await using FormattedResult result = await engine.FormatAsync(statement, format, Token);

        Assert.True(await DrainAsync(result, Token) > 50_000_000);
    }

    [Fact]
    public async Task FormatUserSql_WithinItsLimits_IsWritten()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_user");
        await using FormattedResult result = await engine.FormatUserSqlAsync("SELECT number AS n FROM numbers(3)", ResultFormat.Csv, Token);

        Assert.Equal("\"n\"\n0\n1\n2\n", Encoding.UTF8.GetString((await result.ReadAsync(Token)).Span));
        Assert.Equal(0, (await result.ReadAsync(Token)).Length);
    }

    [Theory]
    [InlineData("SELECT 1 INTO OUTFILE 'x'", StorageError.BadStatement)]
    [InlineData("SELECT 1 FORMAT Native", StorageError.BadStatement)]
    [InlineData("SELECT * FROM file('x', CSV)", StorageError.BadStatement)]
    [InlineData("SELECT number FROM numbers(100001)", StorageError.RowLimit)]
    public async Task FormatUserSql_BeyondItsLimits_IsRefused(string sql, StorageError expected)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("formats_user");

        var error = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using FormattedResult result = await engine.FormatUserSqlAsync(sql, ResultFormat.Csv, Token);
            await DrainAsync(result, Token);
        });

        Assert.Equal(expected, error.Error);
    }

    private static async Task<byte[]> ReadAsync(IStorageEngine engine, SqlStatement statement, ResultFormat format)
    {
        await using FormattedResult result = await engine.FormatAsync(statement, format, Token);
        using var all = new MemoryStream();
        while (await result.ReadAsync(Token) is { Length: > 0 } bytes)
        {
            all.Write(bytes.Span);
        }

        return all.ToArray();
    }

    private static async Task<long> DrainAsync(FormattedResult result, CancellationToken cancellationToken)
    {
        long total = 0;
        while (await result.ReadAsync(cancellationToken) is { Length: > 0 } bytes)
        {
            total += bytes.Length;
        }

        return total;
    }

    private static async Task<long> RunningAsync(IStorageEngine engine, string text) =>
        (await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT count() AS c FROM system.processes WHERE position(query, {text:String}) > 0 AND query NOT LIKE '%system.processes%'",
                [SqlParameter.String("text", text)]),
            Token))[0]["c"].GetInt64(0);
}
