using System.Globalization;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Ingest.Outage;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>
/// A batch of several days whose insert fails in the middle, so that the real engine has some of the days when the batch is taken apart.
/// </summary>
public sealed class SeveralDaysTests(EngineFixture fixture)
{
    private const int Requests = 12;
    private const int Days = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(OtlpSignal.Logs))]
    [InlineData(nameof(OtlpSignal.Traces))]
    [InlineData(nameof(OtlpSignal.Metrics))]
    public async Task Records_OfADayThatFailsForAnUnknownReason_AreThereOnceWithoutTheRefused(string name)
    {
        OtlpSignal signal = Enum.Parse<OtlpSignal>(name);
        IStorageEngine engine = await fixture.DatabaseAsync($"days_{name}");
        await using var pipeline = new PipelineFixture(signal, engine) { Time = new FasterTime(2_000) };
        pipeline.Options.MaxBatchRows = Requests;
        pipeline.Options.MaxBatchDelay = TimeSpan.FromDays(1);
        pipeline.Engine.OnDay = rows => RefuseNumber(rows, 6, StorageError.Failed);
        pipeline.Start();
        for (int i = 0; i < Requests; i++)
        {
            Assert.Null((await pipeline.AppendAsync(Request(signal, i))).Failure);
        }

        await pipeline.DrainAsync();

        Assert.Equal(Enumerable.Range(0, Requests).Except([6]), await NumbersAsync(engine, signal));
        byte[] setAside = await File.ReadAllBytesAsync(
            Path.Combine(pipeline.Directory, "quarantine", Assert.Single(pipeline.Quarantined())), Cancellation);
        Assert.Equal(Request(signal, 6), setAside);
        Assert.Equal("received 12, stored 11, quarantined 1", await LedgerAsync(engine));
    }

    [Fact]
    public async Task Request_OfSeveralDaysRefusedForOne_IsSetAsideWithTheDaysThatMayBeStored()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("days_request");
        await using var pipeline = new PipelineFixture(OtlpSignal.Logs, engine);
        pipeline.Options.MaxBatchRows = 5;
        pipeline.Options.MaxBatchDelay = TimeSpan.FromSeconds(30);
        pipeline.Engine.OnDay = rows => RefuseNumber(rows, 1, StorageError.BadStatement);
        pipeline.Start();
        await pipeline.AppendAsync(OtlpWriter.Request(Log(0), Log(1), Log(2)));
        await pipeline.AppendAsync(Request(OtlpSignal.Logs, 5));
        await pipeline.AppendAsync(Request(OtlpSignal.Logs, 6));
        await pipeline.DrainAsync();

        // The day before the refused one was stored when the request was still to be; what followed was not inserted any more.
        Assert.Equal([0, 5, 6], await NumbersAsync(engine, OtlpSignal.Logs));
        Assert.EndsWith(
            "Stored of it: resources, scopes, fields, logs before 2018-12-14, perhaps logs after 2018-12-14.", Assert.Single(pipeline.Log.Of(2015)), StringComparison.Ordinal);
        Assert.Equal("received 5, stored 2, quarantined 3", await LedgerAsync(engine));
    }

    [Fact]
    public async Task Logs_OfADayThatIsRefusedUntilTheDeath_AreThereOnce()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("days_death");
        int steps = await DeathAtEachStep.RunAsync(
            OtlpSignal.Logs,
            [.. Enumerable.Range(0, Requests).Select(i => Request(OtlpSignal.Logs, i))],
            Requests,
            static rows => RefuseNumber(rows, 6, StorageError.BadStatement),
            static _ => { },
            async (pipeline, step) =>
            {
                int[] setAside = pipeline.Quarantined().Any(file => file.EndsWith(".otlp", StringComparison.Ordinal)) ? [6] : [];
                int[] expected = [.. Enumerable.Range(0, Requests).Except(setAside)];
                Assert.Equal((step, string.Join(' ', expected)), (step, string.Join(' ', await NumbersAsync(engine, OtlpSignal.Logs))));
                string ledger = $"received 12, stored {expected.Length}" + (setAside.Length > 0 ? ", quarantined 1" : "");
                Assert.Equal((step, ledger), (step, await LedgerAsync(engine)));
                await engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE logs"), Cancellation);
                await engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE ingest_ledger"), Cancellation);
            },
            engine,
            stride: 3);

        Assert.True(steps >= 60, $"{steps} steps");
    }

    /// <summary>A request with one record that has this number, on one of the days in turn.</summary>
    private static byte[] Request(OtlpSignal signal, int number) => signal switch
    {
        OtlpSignal.Logs => OtlpWriter.Request(Log(number)),
        OtlpSignal.Traces => OtlpWriter.Request(span => span
            .Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).String(5, $"n {number}").Fixed64(7, TimeOf(number)).Fixed64(8, TimeOf(number))),
        _ => OtlpWriter.Request(OtlpWriter.Gauge("gauge", point => point.Fixed64(3, TimeOf(number)).Double(4, number))),
    };

    private static Action<ProtoWriter> Log(int number) => record => record.Fixed64(1, TimeOf(number)).Sub(5, body => body.String(1, $"n {number}"));

    private static ulong TimeOf(int number) => OtlpWriter.Time + ((ulong)(number % Days) * TableRows.Day);

    private static void RefuseNumber(ColumnBatch rows, int number, StorageError error)
    {
        bool isThere = rows switch
        {
            LogBatch => BatchRows.Read(rows) is var block && Enumerable.Range(0, block.RowCount).Any(row => block["Body"].GetString(row) == $"n {number}"),
            SpanBatch => BatchRows.Read(rows) is var block && Enumerable.Range(0, block.RowCount).Any(row => block["Name"].GetString(row) == $"n {number}"),
            NumberPointBatch points => points.Value.Values.Contains(number),
            _ => false,
        };
        if (isThere)
        {
            throw new StorageException(error, "not these rows");
        }
    }

    private static async Task<IEnumerable<int>> NumbersAsync(IStorageEngine engine, OtlpSignal signal)
    {
        string from = signal switch
        {
            OtlpSignal.Logs => "toInt64(substring(Body, 3)) AS n FROM logs",
            OtlpSignal.Traces => "toInt64(substring(Name, 3)) AS n FROM spans",
            _ => "toInt64(Value) AS n FROM number_points",
        };
        return await ReadAsync(engine, $"SELECT {from} ORDER BY n", static (block, row) => (int)block["n"].GetInt64(row));
    }

    private static async Task<string> LedgerAsync(IStorageEngine engine) => string.Join(", ", await ReadAsync(
        engine,
        "SELECT toString(Outcome) AS outcome, toInt64(sum(Records)) AS records FROM ingest_ledger GROUP BY Outcome ORDER BY Outcome",
        static (block, row) => string.Create(CultureInfo.InvariantCulture, $"{block["outcome"].GetString(row)} {block["records"].GetInt64(row)}")));

    private static async Task<IEnumerable<T>> ReadAsync<T>(IStorageEngine engine, string sql, Func<ResultBlock, int, T> read)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql), Cancellation);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => read(block, row)))];
    }
}
