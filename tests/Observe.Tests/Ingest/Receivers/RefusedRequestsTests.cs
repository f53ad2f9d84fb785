using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Ingest;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>What is answered, counted and logged when a request comes to nothing.</summary>
public sealed class RefusedRequestsTests
{
    [Fact]
    public async Task EveryRefusal_IsCountedOnceWithSignalSenderAndError()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync(
            ("Observe:Ingest:MaxRequestBytes", "4096"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        using HttpClient http = host.Http;

        (await PostAsync(host, "/v1/other", [], ProtobufType)).Dispose();
        (await http.GetAsync("/v1/logs", TestContext.Current.CancellationToken)).Dispose();
        (await PostAsync(host, "/v1/logs", [], "text/plain")).Dispose();
        (await PostAsync(host, "/v1/metrics", [], ProtobufType, "zstd")).Dispose();
        (await PostAsync(host, "/v1/traces", [1], ProtobufType)).Dispose();
        (await PostAsync(host, "/v1/traces", new byte[5000], ProtobufType)).Dispose();
        (await PostAsync(host, "/v1/logs", [], ProtobufType)).Dispose();
        await CallAsync(host, "/x.Y/Z", Frame([]));
        await CallAsync(host, Traces, Frame([1]));
        await CallAsync(host, Traces, Frame(new byte[5000]));
        await CallAsync(host, Metrics, Frame([], flag: 1));
        await CallAsync(host, Metrics, Frame([]), ("grpc-timeout", "0n"));
        await CallAsync(host, Metrics, Frame([]));

        Dictionary<(OtlpSignal?, IngestError), long> counts = host.Services.GetRequiredService<RefusalCounts>().Drain()
            .ToDictionary(count => (count.Key.Signal, count.Key.Error), count => count.Value);
        Assert.Equal(
            new Dictionary<(OtlpSignal?, IngestError), long>
            {
                [(null, IngestError.NotFound)] = 2,
                [(OtlpSignal.Logs, IngestError.MethodNotAllowed)] = 1,
                [(OtlpSignal.Logs, IngestError.UnsupportedMediaType)] = 1,
                [(OtlpSignal.Metrics, IngestError.UnsupportedEncoding)] = 1,
                [(OtlpSignal.Traces, IngestError.Malformed)] = 2,
                [(OtlpSignal.Traces, IngestError.TooLarge)] = 2,
                [(OtlpSignal.Metrics, IngestError.MissingEncoding)] = 1,
                [(OtlpSignal.Metrics, IngestError.DeadlineExceeded)] = 1,
            },
            counts);
    }

    [Fact]
    public async Task Fault_IsAnsweredAsInternalOnBothTransportsAndLoggedOnce()
    {
        var time = new FaultyTime();
        var log = new CollectingLoggerProvider();
        await using IngestHost host = await IngestHost.StartJournalAsync(new FakeEngine(), services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton<ILoggerProvider>(log);
        });
        using HttpResponseMessage before = await PostAsync(host, "/v1/logs", [], ProtobufType);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal("0", (await CallAsync(host, Logs, Frame([]))).Status);
        log.Entries.Clear();

        time.IsBroken = true;
        using HttpResponseMessage json = await PostAsync(host, "/v1/logs", "{}"u8.ToArray(), JsonType);
        using HttpResponseMessage protobuf = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);
        GrpcReply grpc = await CallAsync(host, Logs, Frame(OtlpSamples.Logs));
        time.IsBroken = false;

        Assert.Equal(HttpStatusCode.InternalServerError, json.StatusCode);
        Assert.Equal(13, (await ReadStatusAsync(json)).Code);
        Assert.Equal(HttpStatusCode.InternalServerError, protobuf.StatusCode);
        Assert.Equal(ProtobufType, protobuf.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0x08, 13, 0x12], (await protobuf.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..3]);
        Assert.Equal("13", grpc.Status);
        Assert.True(grpc.IsTrailersOnly);
        Assert.DoesNotContain("the clock", grpc.Message, StringComparison.Ordinal);
        Assert.Equal(
            [LogLevel.Error, LogLevel.Error, LogLevel.Error], log.Entries.Where(entry => entry.Id == 2002).Select(entry => entry.Level));
        Assert.Equal(3, Assert.Single(host.Services.GetRequiredService<RefusalCounts>().Drain()).Value);
    }

    /// <summary>What senders sent is theirs.</summary>
    [Fact]
    public async Task WhatWasSent_IsNotLogged()
    {
        var log = new CollectingLoggerProvider();
        await using IngestHost host = await IngestHost.StartJournalAsync(new FakeEngine(), services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Debug);
        });

        (await PostAsync(host, "/v1/logs", "{\"resourceLogs\":\"secret\"}"u8.ToArray(), JsonType)).Dispose();
        (await PostAsync(host, "/v1/logs", "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"secret\",\"value\":{\"intValue\":\"secret\"}}]}}]}"u8.ToArray(), JsonType)).Dispose();
        (await PostAsync(host, "/v1/logs", "\nsecret"u8.ToArray(), ProtobufType)).Dispose();

        Assert.Equal(3, log.Entries.Count(entry => entry.Id == 2001));
        Assert.DoesNotContain(log.Entries, entry => entry.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChunksThatAreNone_Are400WithAStatus()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync();
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
        string answer = await connection.ReadUntilAsync("}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":3", answer, StringComparison.Ordinal);
        Assert.Equal(IngestError.Malformed, Assert.Single(host.Services.GetRequiredService<RefusalCounts>().Drain()).Key.Error);
    }

    [Fact]
    public async Task JournalFull_TellsWhenToTryAgainInEveryForm()
    {
        var release = new TaskCompletionSource();
        var engine = new FakeEngine { OnInsert = _ => release.Task };
        await using IngestHost host = await IngestHost.StartJournalAsync(
            engine, ("Observe:Ingest:Journal:SegmentBytes", "4096"), ("Observe:Ingest:Journal:MaxBytes", "98304"),
            ("Observe:Ingest:MaxRequestBytes", "16384"));
        for (int i = 0; i < 100; i++)
        {
            (await PostAsync(host, "/v1/logs", OtlpWriter.Request(OtlpWriter.Log($"{i} {new string('x', 1000)}")), ProtobufType)).Dispose();
        }

        byte[] body = Encoding.UTF8.GetBytes(
            $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{{new string('x', 3000)}}}"}}]}]}]}""");
        using HttpResponseMessage json = await PostAsync(host, "/v1/logs", body, JsonType);
        GrpcReply grpc = await CallAsync(host, Logs, Frame(OtlpWriter.Request(OtlpWriter.Log(new string('y', 3000)))));
        release.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, json.StatusCode);
        Assert.Equal(10, json.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains(
            """{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"10s"}""",
            await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(("14", 10), (grpc.Status, grpc.RetrySeconds));
        Assert.True(grpc.IsTrailersOnly);
    }

    private sealed class FaultyTime : TimeWithoutNotes
    {
        public bool IsBroken { get; set; }

        public override long GetTimestamp() => IsBroken ? throw new InvalidTimeZoneException("the clock is broken") : base.GetTimestamp();
    }

    private sealed class CollectingLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(int Id, LogLevel Level, string Text)> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((eventId.Id, logLevel, $"{formatter(state, exception)} {exception}"));

        public void Dispose()
        {
        }
    }
}
