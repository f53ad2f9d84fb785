using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Ingest;
using Observe.Ingest.Catalog;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Ingest.Pipeline;

public sealed class BatchPipelineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        await using IngestHost host = await IngestHost.StartAsync(engine);

        Task<HttpResponseMessage> first = PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("first")));
        await started.Task.WaitAsync(Cancellation);
        Task<HttpResponseMessage>[] others = [.. Enumerable.Range(0, 5).Select(i => PostAsync(host, OtlpWriter.Request(OtlpWriter.Log($"other {i}"))))];
        Assert.False(first.IsCompleted);
        await WaitUntilSentAsync(host, others.Length + 1);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.All(await Task.WhenAll(others), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
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

    [Fact]
    public async Task SideTables_InsertFailed_AreWrittenAgain()
    {
        var engine = new FakeEngine
        {
            OnInsert = batch => batch is LogBatch ? throw new StorageException(StorageError.Unavailable, "no") : Task.CompletedTask,
        };
        await using IngestHost host = await IngestHost.StartAsync(engine);

        await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("lost")));
        engine.OnInsert = _ => Task.CompletedTask;
        await PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("kept")));

        Assert.Equal(2, engine.Of("resources").Count);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Batch_RefusedByTheEngine_CostsOnlyTheCulprit()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var engine = new FakeEngine();
        engine.OnInsert = async batch =>
        {
            if (batch is not LogBatch)
            {
                return;
            }

            if (started.TrySetResult())
            {
                await release.Task;
            }

            if (BatchRows.Read(batch) is var rows && Enumerable.Range(0, rows.RowCount).Any(row => rows["Body"].GetString(row) == "poison"))
            {
                throw new StorageException(StorageError.BadStatement, "not these rows");
            }
        };
        await using IngestHost host = await IngestHost.StartAsync(engine);

        Task<HttpResponseMessage> first = PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("first")));
        await started.Task.WaitAsync(Cancellation);
        Task<HttpResponseMessage> good = PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("good")));
        Task<HttpResponseMessage> bad = PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("poison")));
        await WaitUntilSentAsync(host, 3);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await good).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await bad).StatusCode);
        Assert.Equal(["first", "good"], engine.Of("logs").Select(block => block["Body"].GetString(0)));
    }

    [Fact]
    public async Task Batch_GivenUpAfterSeveralRefusals_DoesNotTellTheUntriedToDropTheirRecords()
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
            else if (batch is LogBatch)
            {
                throw new StorageException(StorageError.BadStatement, "not these rows");
            }
        };
        await using IngestHost host = await IngestHost.StartAsync(engine);

        Task<HttpResponseMessage> first = PostAsync(host, OtlpWriter.Request(OtlpWriter.Log("first")));
        await started.Task.WaitAsync(Cancellation);
        Task<HttpResponseMessage>[] others = [.. Enumerable.Range(0, 5).Select(i => PostAsync(host, OtlpWriter.Request(OtlpWriter.Log($"other {i}"))))];
        await WaitUntilSentAsync(host, others.Length + 1);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        HttpStatusCode[] answers = [.. (await Task.WhenAll(others)).Select(response => response.StatusCode).Order()];
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.InternalServerError, 3), .. Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 2)], answers);
    }

    /// <summary>The insert and the end of the queue race; the later the insert ends, the surer the loop has seen the end of the queue.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Stop_WhileAnInsertRuns_EndsWithoutAFault(int yields)
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var engine = new FakeEngine
        {
            OnInsert = async _ =>
            {
                started.TrySetResult();
                await release.Task;
            },
        };
        var log = new LevelLogger();
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meter = new IngestMeter(services.GetRequiredService<IMeterFactory>());
        var options = new IngestOptions { MaxBatchDelay = TimeSpan.Zero };
        await using var pipeline = new BatchPipeline(
            OtlpSignal.Logs, () => new LogSignalBatch(new SignalCatalog(FieldSignal.Logs)), engine, options, meter, TimeProvider.System, log);
        var body = new PooledBuffer(new IngestBudget(options.MaxBytesInFlight), options.MaxRequestBytes);
        body.Append(OtlpSamples.Logs);

        Task<IngestFailure?> stored = pipeline.SubmitAsync(new IngestRequest(body, "127.0.0.1", OtlpValidator.Validate(OtlpSignal.Logs, body.Span), receivedAt: 0));
        await started.Task.WaitAsync(Cancellation);
        Task stopped = pipeline.StopAsync(Cancellation);
        for (int i = 0; i < yields; i++)
        {
            await Task.Yield();
        }

        release.SetResult();

        await stopped;
        Assert.Null(await stored);
        Assert.Empty(log.Levels);
    }

    [Fact]
    public async Task Stop_WithRequestsWaiting_StoresThem()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine, ("Observe:Ingest:MaxBatchDelay", "00:00:01"));

        Task<HttpResponseMessage> waiting = PostAsync(host, OtlpSamples.Logs);
        await WaitUntilSentAsync(host, 1);
        Assert.Empty(engine.Inserts);

        await Task.WhenAny(waiting, host.StopAsync());
        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Requests_BeyondTheMemoryLimit_AreAskedToWait()
    {
        var release = new TaskCompletionSource();
        var engine = new FakeEngine { OnInsert = _ => release.Task };
        await using IngestHost host = await IngestHost.StartAsync(
            engine, ("Observe:Ingest:MaxRequestBytes", "20000"), ("Observe:Ingest:MaxBytesInFlight", "40000"));

        Task<HttpResponseMessage>[] held = [.. Enumerable.Range(0, 2).Select(_ => PostAsync(host, OtlpSamples.Logs))];
        await WaitUntilSentAsync(host, held.Length);
        HttpResponseMessage refused = await PostAsync(host, OtlpSamples.Logs);
        release.SetResult();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.All(await Task.WhenAll(held), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, OtlpSamples.Logs)).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(IngestHost host, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await host.Http.PostAsync("/v1/logs", content, Cancellation);
    }

    /// <summary>Until the pipeline has this many requests that are not answered.</summary>
    private static async Task WaitUntilSentAsync(IngestHost host, int requests)
    {
        while (host.WaitingRequests < requests)
        {
            await Task.Delay(1, Cancellation);
        }
    }

    /// <summary>Keeps the levels of what is logged.</summary>
    private sealed class LevelLogger : ILogger
    {
        public ConcurrentQueue<LogLevel> Levels { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Enqueue(logLevel);
    }
}
