using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Storage;

public sealed class EmbeddedEngineTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("it's \"quoted\" `too` \\ and \\n not a line")]
    [InlineData("tab\t line\n return\r nul\0 bell\a")]
    [InlineData("'); DROP TABLE logs; --")]
    [InlineData("{p:String} é 漢 🚀")]
    public async Task Parameter_AnyText_ArrivesUnchanged(string value)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("parameters");

        ResultBlock block = Assert.Single(await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT {one:String} AS one, {many:Array(String)} AS many",
                [SqlParameter.String("one", value), SqlParameter.Strings("many", [value, "x", value])]),
            Token));

        Assert.Equal(value, block["one"].GetString(0));
        Assert.Equal([value, "x", value], Assert.IsType<object?[]>(block["many"].GetValue(0)));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public async Task Parameter_AnyNumber_ArrivesExactly(double value)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("numbers");

        ResultBlock block = Assert.Single(await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT {f:Float64} AS f, {i:Int64} AS i, {u:UInt64} AS u",
                [SqlParameter.Float64("f", value), SqlParameter.Int64("i", long.MinValue), SqlParameter.UInt64("u", ulong.MaxValue)]),
            Token));

        Assert.Equal(value, block["f"].GetFloat64(0));
        Assert.Equal(long.MinValue, block["i"].GetInt64(0));
        Assert.Equal(ulong.MaxValue, block["u"].GetUInt64(0));
    }

    [Fact]
    public async Task Query_LargeResult_StreamsInBlocks()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("stream");
        await using QueryResult result = await engine.QueryAsync(
            new SqlStatement("SELECT number, toString(number) AS text FROM numbers(1000000)"), Token);

        long rows = 0;
        int blocks = 0;
        while (await result.ReadBlockAsync(Token) is { } block)
        {
            blocks++;
            for (int row = 0; row < block.RowCount; row++, rows++)
            {
                Assert.Equal(rows, block.Columns[0].GetInt64(row));
            }

            Assert.Equal((rows - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), block["text"].GetString(block.RowCount - 1));
        }

        Assert.Equal(1_000_000, rows);
        Assert.True(blocks > 1, "One block means that the whole result was held in memory.");
    }

    [Fact]
    public async Task Scan_LargeResult_ShowsAllRowsOnce()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("scan");
        await using QueryResult result = await engine.QueryAsync(
            new SqlStatement("SELECT number, toFloat64(number) / 2, toUInt8(number % 200) FROM numbers(1000000)"), Token);
        var sink = new Summing();

        await result.ScanAsync(sink, Token);

        Assert.Equal((1_000_000, 499_999_500_000UL, 249_999_750_000.0, 99_500_000L), (sink.Rows, sink.Integers, sink.Halves, sink.Bytes));
        Assert.True(sink.Blocks > 1, "One block means that the whole result was held in memory.");
        Assert.Null(await result.ReadBlockAsync(Token));
    }

    [Fact]
    public async Task Scan_OfAText_SaysThatItReadsNumbers()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("scan");
        await using QueryResult result = await engine.QueryAsync(new SqlStatement("SELECT 1 AS one, 'x' AS word"), Token);

        var exception = await Assert.ThrowsAsync<StorageException>(() => result.ScanAsync(new Summing(), Token));

        Assert.Equal("Column word is String, and a scan reads numbers only.", exception.Message);
    }

    [Fact]
    public async Task Scan_FailsOnTheWay_SaysWhatKindOfFailureAndFreesItsConnection()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("scan");
        await using (QueryResult result = await engine.QueryAsync(
            new SqlStatement("SELECT number, toFloat64(number), toUInt8(throwIf(number = 900000)) FROM numbers(1000000) SETTINGS max_threads = 1"), Token))
        {
            var sink = new Summing();
            Assert.Equal(StorageError.BadStatement, (await Assert.ThrowsAsync<StorageException>(() => result.ScanAsync(sink, Token))).Error);
            Assert.InRange(sink.Rows, 1, 900_000);
        }

        Assert.Single(await engine.QueryAllAsync(new SqlStatement("SELECT 1"), Token));
    }

    [Fact]
    public async Task Scan_TokenCancelled_EndsInTheEngineToo()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("scan");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using (QueryResult result = await engine.QueryAsync(
            new SqlStatement("SELECT number, toFloat64(number), toUInt8(number % 200) FROM numbers(2000000000000)"), cancellation.Token))
        {
            var sink = new Summing { Shown = cancellation.Cancel };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result.ScanAsync(sink, cancellation.Token));
        }

        await UntilAsync(async () => await RunningAsync(engine, "numbers(2000000000000)") == 0);
    }

    [Fact]
    public async Task Statistics_OfAnAggregate_CountTheRowsRead()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("statistics");
        await using QueryResult result = await engine.QueryAsync(new SqlStatement("SELECT sum(number) FROM numbers(1000000)"), Token);

        while (await result.ReadBlockAsync(Token) is not null)
        {
        }

        Assert.Equal(1_000_000UL, result.Statistics.RowsRead);
        Assert.Equal(8_000_000UL, result.Statistics.BytesRead);
        Assert.True(result.Statistics.Elapsed > TimeSpan.Zero);
    }

    [Fact]
    public async Task Query_TokenCancelled_EndsInTheEngineToo()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("cancel");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        const string Marker = "/* endless */";
        Task<QueryResult> endless = engine.QueryAsync(
            new SqlStatement($"SELECT count() {Marker} FROM numbers(1000000000000) WHERE cityHash64(number) = 1"), cancellation.Token);
        await UntilAsync(async () => await RunningAsync(engine, "numbers(1000000000000)") == 1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await UntilAsync(async () => await RunningAsync(engine, "numbers(1000000000000)") == 0);
    }

    [Fact]
    public async Task Query_ResultDisposedEarly_FreesItsConnection()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("early");
        for (int i = 0; i < 20; i++)
        {
            await using QueryResult result = await engine.QueryAsync(new SqlStatement("SELECT number FROM numbers(100000000)"), Token);
            Assert.NotNull(await result.ReadBlockAsync(Token));
        }
    }

    [Theory]
    [InlineData("SELEC 1", StorageError.BadStatement)]
    [InlineData("SELECT * FROM nowhere", StorageError.BadStatement)]
    [InlineData("SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 1 SETTINGS max_execution_time = 1", StorageError.TimeLimit)]
    [InlineData("SELECT groupArray(number) FROM numbers(100000000) SETTINGS max_memory_usage = 10000000", StorageError.MemoryLimit)]
    [InlineData("SELECT number FROM numbers(1000) SETTINGS max_result_rows = 10, result_overflow_mode = 'throw'", StorageError.RowLimit)]
    public async Task Query_Fails_SaysWhatKindOfFailure(string sql, StorageError error)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("errors");

        var exception = await Assert.ThrowsAsync<StorageException>(() => engine.QueryAllAsync(new SqlStatement(sql), Token));

        Assert.Equal(error, exception.Error);
        Assert.DoesNotContain("(version", exception.Message, StringComparison.Ordinal);
        Assert.Single(await engine.QueryAllAsync(new SqlStatement("SELECT 1"), Token));
    }

    [Theory]
    [InlineData("SELECT 1 AS x")]
    [InlineData("  select count() from logs -- a comment")]
    [InlineData("WITH 1 AS x SELECT x FROM numbers(3) ORDER BY number LIMIT 1;")]
    public async Task UserSql_OneSelect_Runs(string sql)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("user_sql");
        await using QueryResult result = await engine.QueryUserSqlAsync(sql, Token);
        Assert.Equal(1, (await result.ReadBlockAsync(Token))!.RowCount);
    }

    [Theory]
    [InlineData("DROP TABLE logs")]
    [InlineData("INSERT INTO logs (Body) VALUES ('x')")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1) SETTINGS readonly = 0, (SELECT 1")]
    [InlineData("SELECT 1 INTO OUTFILE '/tmp/observe-must-not-exist'")]
    [InlineData("KILL QUERY WHERE 1")]
    [InlineData("SELECT * FROM file('/etc/hostname', 'LineAsString')")]
    [InlineData("SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')")]
    [InlineData("SELECT 1 SETTINGS max_execution_time = 1000")]
    [InlineData("SELECT * FROM (SELECT * FROM file('/etc/hostname', 'LineAsString') SETTINGS readonly = 0)")]
    [InlineData("SELECT file('/etc/hostname')")]
    [InlineData("WITH x AS (SELECT * FROM `url`('http://127.0.0.1:1/', 'LineAsString')) SELECT * FROM x")]
    [InlineData("SELECT 1 WHERE 'x' IN (SELECT * FROM s3('http://127.0.0.1:1/b/k', 'CSV', 'a String'))")]
    [InlineData("SYSTEM FLUSH LOGS")]
    [InlineData("")]
    public async Task UserSql_AnythingElse_IsRefused(string sql)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("user_sql_refused");

        var exception = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using QueryResult result = await engine.QueryUserSqlAsync(sql, Token);
            await result.ReadBlockAsync(Token);
        });

        Assert.Equal(StorageError.BadStatement, exception.Error);
        Assert.False(File.Exists("/tmp/observe-must-not-exist"));
    }

    [Fact]
    public async Task UserSql_MoreBytesThanAllowed_IsAnErrorAndNotAnAnswer()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("user_sql_bytes");
        await using QueryResult small = await engine.QueryUserSqlAsync("SELECT repeat('x', 1000000) FROM numbers(3)", Token);
        Assert.NotNull(await small.ReadBlockAsync(Token));

        var exception = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using QueryResult result = await engine.QueryUserSqlAsync("SELECT repeat(materialize('x'), 1000000) FROM numbers(150)", Token);
            while (await result.ReadBlockAsync(Token) is not null)
            {
            }
        });

        Assert.Equal(StorageError.RowLimit, exception.Error);
    }

    [Fact]
    public async Task Connection_WhoseDatabaseIsGone_IsClosedAgain()
    {
        const string Name = "gone_database";
        IStorageEngine engine = await fixture.DatabaseAsync(Name);
        await engine.ExecuteAsync(new SqlStatement($"DROP DATABASE {Name}"), Token);
        await using QueryResult first = await engine.QueryAsync(new SqlStatement("SELECT 1"), Token);

        var exception = await Assert.ThrowsAsync<StorageException>(() => engine.QueryAsync(new SqlStatement("SELECT 1"), Token));

        Assert.Equal(StorageError.BadStatement, exception.Error);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the names of the process's threads, cut to 15 characters, from /proc.");
        await UntilAsync(() => Task.FromResult(ThreadNames().Count(name => name == $"{Name}-q") == 1));
    }

    /// <summary>Two databases share a storage path here, as one process has one.</summary>
    [Fact]
    public async Task Query_TokenCancelled_LeavesTheQueriesOfOtherDatabasesAlone()
    {
        IStorageEngine cancelled = await fixture.DatabaseAsync("cancel_one");
        IStorageEngine other = await fixture.DatabaseAsync("cancel_other");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using QueryResult kept = await other.QueryAsync(new SqlStatement("SELECT number FROM numbers(10000000)"), Token);
        Assert.NotNull(await kept.ReadBlockAsync(Token));
        Task<QueryResult> endless = cancelled.QueryAsync(
            new SqlStatement("SELECT count() FROM numbers(1000000000001) WHERE cityHash64(number) = 1"), cancellation.Token);
        await UntilAsync(async () => await RunningAsync(cancelled, "numbers(1000000000001)") == 1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);

        while (await kept.ReadBlockAsync(Token) is not null)
        {
        }
    }

    [Fact]
    public async Task Insert_SameTokenTwice_IsStoredOnce()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("tokens");
        NumberPointBatch batch = ThreePoints();
        await engine.InsertAsync(batch, "token-1", Token);
        await engine.InsertAsync(batch, "token-1", Token);
        Assert.Equal(3, await CountAsync(engine, "number_points"));

        await engine.InsertAsync(batch, "token-2", Token);
        Assert.Equal(6, await CountAsync(engine, "number_points"));
    }

    [Fact]
    public async Task Insert_SameRowsTwiceWithoutToken_AreStoredTwice()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("no_tokens");

        await engine.InsertAsync(ThreePoints(), null, Token);
        await engine.InsertAsync(ThreePoints(), null, Token);

        Assert.Equal(6, await CountAsync(engine, "number_points"));
    }

    [Fact]
    public async Task Insert_RowsOfHundredsOfDays_AreAllStored()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("days");
        var batch = new NumberPointBatch();
        for (int i = 0; i < 400; i++)
        {
            batch.MetricName.Append(batch.MetricName.IndexOf("m"u8));
            batch.SeriesId.Append(1);
            batch.Timestamp.Append(1_700_000_000_000 - (i * TableRows.PointDay));
            batch.StartTimestamp.Append(0);
            batch.Value.Append(i);
            batch.ValueType.Append((sbyte)PointValueType.Double);
            batch.IntRemainder.Append(0);
            batch.Flags.Append(0);
        }

        await engine.InsertAsync(batch, null, Token);

        Assert.Equal(400, await CountAsync(engine, "number_points"));
    }

    private static NumberPointBatch ThreePoints()
    {
        var batch = new NumberPointBatch();
        for (int i = 0; i < 3; i++)
        {
            batch.MetricName.Append(batch.MetricName.IndexOf("m"u8));
            batch.SeriesId.Append(1);
            batch.Timestamp.Append(1_700_000_000_000 + i);
            batch.StartTimestamp.Append(0);
            batch.Value.Append(i);
            batch.ValueType.Append((sbyte)PointValueType.Double);
            batch.IntRemainder.Append(0);
            batch.Flags.Append(0);
        }

        return batch;
    }

    private static async Task<long> CountAsync(IStorageEngine engine, string table) =>
        (await engine.QueryAllAsync(new SqlStatement($"SELECT count() AS c FROM {table}"), Token))[0]["c"].GetInt64(0);

    private static async Task<long> RunningAsync(IStorageEngine engine, string text) =>
        (await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT count() AS c FROM system.processes WHERE position(query, {text:String}) > 0 AND query NOT LIKE '%system.processes%'",
                [SqlParameter.String("text", text)]),
            Token))[0]["c"].GetInt64(0);

    private static IEnumerable<string> ThreadNames()
    {
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            string name;
            try
            {
                name = File.ReadAllText(Path.Combine(thread, "comm")).Trim();
            }
            catch (IOException)
            {
                continue; // it ended meanwhile
            }

            yield return name;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Token);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Summing : INumberSink
    {
        public Action? Shown { get; init; }

        public int Blocks { get; private set; }

        public int Rows { get; private set; }

        public ulong Integers { get; private set; }

        public double Halves { get; private set; }

        public long Bytes { get; private set; }

        public void Add(NumberBlock block)
        {
            Blocks++;
            Rows += block.RowCount;
            for (int row = 0; row < block.RowCount; row++)
            {
                Integers += block.Column<ulong>(0)[row];
                Halves += block.Column<double>(1)[row];
                Bytes += block.Column<byte>(2)[row];
            }

            Shown?.Invoke();
        }
    }
}
