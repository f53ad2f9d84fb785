using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Pipeline;

public sealed class BatchPipelineTests : IDisposable
{
    private const string DataDirectory = "Observe:DataDirectory";

    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Requests_AreAcknowledgedWhileTheEngineIsBusy()
    {
        var release = new TaskCompletionSource();
        var engine = new FakeEngine { OnInsert = _ => release.Task };
        await using IngestHost host = await IngestHost.StartJournalAsync(engine);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log($"log {i}"))));
        }

        Assert.Empty(engine.Inserts);
        release.SetResult();
        await host.DrainAsync();
        Assert.Equal(3, engine.Of("logs").Sum(block => block.RowCount));
    }

    [Fact]
    public async Task Requests_ThatArriveWhileAnInsertRuns_ShareTheNextInsert()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var engine = new FakeEngine();
        engine.OnInsert = async batch =>
        {
            if (batch is LogBatch && started.TrySetResult())
            {
                await release.Task;
            }
        };
        await using IngestHost host = await IngestHost.StartJournalAsync(engine);

        await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("first")));
        await started.Task.WaitAsync(Cancellation);
        for (int i = 0; i < 5; i++)
        {
            await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log($"other {i}")));
        }

        release.SetResult();
        await host.DrainAsync();

        Assert.Equal([1, 5], engine.Of("logs").Select(block => block.RowCount));
    }

    [Fact]
    public async Task SideTables_AreWrittenOnceADayAndBeforeTheRowsThatReferToThem()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        await PostAsync(host, OtlpWriter.Request(OtlpWriter.LogWith("a", v => v.Int(3, 1))));
        await PostAsync(host, OtlpWriter.Request(OtlpWriter.LogWith("a", v => v.Int(3, 2))));
        await PostAsync(host, OtlpWriter.Request(record => record.Fixed64(1, OtlpWriter.Time + (86_400ul * 1_000_000_000))));

        Assert.Equal(
            ["resources", "scopes", "fields", "logs", "logs", "resources", "scopes", "fields", "logs"], engine.Inserts.Select(insert => insert.Table));
        Assert.Equal(OtlpWriter.Day, engine.Of("resources")[0]["Day"].GetInt64(0));
        Assert.Equal(OtlpWriter.Day + 1, engine.Of("resources")[1]["Day"].GetInt64(0));
    }

    [Theory]
    [InlineData(StorageError.Unavailable)]
    [InlineData(StorageError.Disk)]
    [InlineData(StorageError.TimeLimit)]
    public async Task Insert_FailsForAWhile_IsRepeatedUntilTheEngineTakesIt(StorageError error)
    {
        int failures = 0;
        var engine = new FakeEngine();
        engine.OnInsert = batch => batch is LogBatch && Interlocked.Increment(ref failures) <= 2
            ? throw new StorageException(error, "not now")
            : Task.CompletedTask;
        await using IngestHost host = await IngestHost.StartJournalAsync(engine);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
        await host.DrainAsync();

        Assert.Equal(3, failures);
        Assert.Equal(1, Assert.Single(engine.Of("logs")).RowCount);
        Assert.Empty(QuarantinedFiles());
    }

    [Fact]
    public async Task Engine_Away_IsShownForItsSignalUntilItIsBack()
    {
        var engine = new FakeEngine { OnInsert = batch => batch is LogBatch ? throw new StorageException(StorageError.Unavailable, "away") : Task.CompletedTask };
        await using IngestHost host = await IngestHost.StartJournalAsync(engine);
        Dictionary<string, int> failing = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "observe.ingest.store.failing" && ReferenceEquals(instrument.Meter.Scope, host.Services.GetRequiredService<IMeterFactory>()))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => failing[(string)tags[0].Value!] = value);
        listener.Start();

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
        await Eventually.TrueAsync("the insert has failed", () => Show()["logs"] == 1);
        Assert.Equal((0, 0), (failing["metrics"], failing["traces"]));
        Assert.Null(host.Status.NotReadyReason);

        engine.OnInsert = _ => Task.CompletedTask;
        await host.DrainAsync();
        Assert.Equal(0, Show()["logs"]);

        Dictionary<string, int> Show()
        {
            listener.RecordObservableInstruments();
            return failing;
        }
    }

    [Fact]
    public async Task Batch_RefusedByTheEngine_CostsOnlyTheCulpritWhichIsSetAside()
    {
        var engine = new FakeEngine { OnInsert = RefusePoison };
        await using IngestHost host = await IngestHost.StartJournalAsync(
            engine, (DataDirectory, _data.FullName), ("Observe:Ingest:MaxBatchDelay", "00:00:01"));
        byte[] poison = OtlpWriter.Request(OtlpWriter.Log("poison"));

        for (int i = 0; i < 7; i++)
        {
            await PostAsync(host, i == 4 ? poison : OtlpWriter.Request(OtlpWriter.Log($"good {i}")));
        }

        await host.DrainAsync();

        Assert.Equal(
            ["good 0", "good 1", "good 2", "good 3", "good 5", "good 6"], Bodies(engine).Order(StringComparer.Ordinal));
        string file = Assert.Single(QuarantinedFiles());
        Assert.EndsWith(".refused.otlp", file, StringComparison.Ordinal);
        Assert.Equal(poison, await File.ReadAllBytesAsync(file, Cancellation));
        Assert.Equal((7, 6, 1), (Ledger(engine, LedgerOutcome.Received), Ledger(engine, LedgerOutcome.Stored), Ledger(engine, LedgerOutcome.Quarantined)));
    }

    [Fact]
    public async Task Batch_SetAside_CanBeSentAgainWhenTheReasonIsMended()
    {
        var engine = new FakeEngine { OnInsert = RefusePoison };
        await using IngestHost host = await IngestHost.StartAsync(engine, (DataDirectory, _data.FullName));
        await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("poison")));
        byte[] request = await File.ReadAllBytesAsync(Assert.Single(QuarantinedFiles()), Cancellation);

        engine.OnInsert = _ => Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, request));

        Assert.Equal(["poison"], Bodies(engine));
    }

    [Fact]
    public async Task Batch_RefusedByATableThatTakesNothing_WaitsAndIsNotSetAside()
    {
        int refusals = 0;
        bool isMissing = true;
        var engine = new FakeEngine();
        engine.OnInsert = batch =>
        {
            if (batch is LogBatch && isMissing)
            {
                refusals++;
                throw new StorageException(StorageError.BadStatement, "no such table");
            }

            return Task.CompletedTask;
        };
        engine.OnProbe = _ => isMissing ? throw new StorageException(StorageError.BadStatement, "no such table") : Task.CompletedTask;
        await using IngestHost host = await IngestHost.StartJournalAsync(engine, (DataDirectory, _data.FullName));

        await PostAsync(host, OtlpSamples.Logs);
        await Eventually.TrueAsync("the insert was tried twice", () => Volatile.Read(ref refusals) >= 2);
        Volatile.Write(ref isMissing, false);
        await host.DrainAsync();

        Assert.Single(engine.Of("logs"));
        Assert.Empty(QuarantinedFiles());
    }

    [Fact]
    public async Task Stop_WithRequestsWaiting_StoresThem()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartJournalAsync(engine, ("Observe:Ingest:MaxBatchDelay", "00:00:10"));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
        Assert.Empty(engine.Inserts);
        await host.StopAsync();

        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Stop_WhileTheEngineIsAway_LeavesTheRestForTheNextStart()
    {
        var away = new FakeEngine { OnInsert = _ => throw new StorageException(StorageError.Unavailable, "away") };
        await using (IngestHost host = await IngestHost.StartJournalAsync(away, (DataDirectory, _data.FullName)))
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
            await host.StopAtOnceAsync();
        }

        var engine = new FakeEngine();
        await using IngestHost next = await IngestHost.StartJournalAsync(engine, (DataDirectory, _data.FullName));
        await next.DrainAsync();

        Assert.Equal(1, Assert.Single(engine.Of("logs")).RowCount);
        Assert.Equal((1, 1), (Ledger(engine, LedgerOutcome.Received), Ledger(engine, LedgerOutcome.Stored)));
    }

    [Fact]
    public async Task Request_SentAgain_IsAcknowledgedAndNotStoredTwice()
    {
        var engine = new FakeEngine();
        await using (IngestHost host = await IngestHost.StartAsync(engine, (DataDirectory, _data.FullName)))
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
        }

        await using IngestHost restarted = await IngestHost.StartAsync(engine, (DataDirectory, _data.FullName));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(restarted, OtlpSamples.Logs));
        await restarted.StopAsync();

        Assert.Equal(1, Assert.Single(engine.Of("logs")).RowCount);
        Assert.Equal((1, 1, 2), (Ledger(engine, LedgerOutcome.Received), Ledger(engine, LedgerOutcome.Stored), Ledger(engine, LedgerOutcome.Resent)));
    }

    [Fact]
    public async Task Request_WithoutTimesSentAgain_IsStoredTwice()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        byte[] untimed = OtlpWriter.Request(record => record.Sub(5, v => v.String(1, "heartbeat")));

        await PostAsync(host, untimed);
        await PostAsync(host, untimed);

        Assert.Equal(2, engine.Of("logs").Sum(block => block.RowCount));
    }

    [Fact]
    public async Task Journal_Full_SendersAreToldToKeepTheirDataUntilThereIsRoom()
    {
        var release = new TaskCompletionSource();
        var engine = new FakeEngine { OnInsert = _ => release.Task };
        await using IngestHost host = await IngestHost.StartJournalAsync(
            engine, ("Observe:Ingest:Journal:SegmentBytes", "4096"), ("Observe:Ingest:Journal:MaxBytes", "40960"),
            ("Observe:Ingest:MaxRequestBytes", "2048"));

        int accepted = 0;
        HttpResponseMessage answer;
        while ((answer = await SendAsync(host, OtlpWriter.Request(OtlpWriter.Log($"log {accepted} {new string('x', 1000)}")))).IsSuccessStatusCode)
        {
            accepted++;
        }

        string? notReady = host.Status.NotReadyReason;
        release.SetResult();
        await host.DrainAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.InRange(accepted, 15, 30); // two thirds of the room
        Assert.Contains("MaxBytes", notReady, StringComparison.Ordinal);
        Assert.Null(host.Status.NotReadyReason);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, OtlpSamples.Logs));
        await host.DrainAsync();
        Assert.Equal(accepted + 1, engine.Of("logs").Sum(block => block.RowCount));
    }

    private static async Task RefusePoison(ColumnBatch batch)
    {
        await Task.Yield();
        if (batch is LogBatch && BatchRows.Read(batch) is var rows && Enumerable.Range(0, rows.RowCount).Any(row => rows["Body"].GetString(row) == "poison"))
        {
            throw new StorageException(StorageError.BadStatement, "not these rows");
        }
    }

    private static IEnumerable<string> Bodies(FakeEngine engine) =>
        engine.Of("logs").SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block["Body"].GetString(row)));

    private static long Ledger(FakeEngine engine, LedgerOutcome outcome)
    {
        long records = 0;
        foreach (ResultBlock block in engine.Ledger)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                records += block["Outcome"].GetInt64(row) == (long)outcome ? block["Records"].GetInt64(row) : 0;
            }
        }

        return records;
    }

    private static async Task<HttpStatusCode> PostAsync(IngestHost host, byte[] body)
    {
        using HttpResponseMessage response = await SendAsync(host, body);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(IngestHost host, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await host.Http.PostAsync("/v1/logs", content, Cancellation);
    }

    private string[] QuarantinedFiles() => Directory.GetFiles(_data.FullName, "*.otlp", SearchOption.AllDirectories);
}
