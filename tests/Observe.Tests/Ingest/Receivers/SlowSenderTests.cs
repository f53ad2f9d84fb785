using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Observe.Ingest;
using Observe.Ingest.Ledger;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Senders;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class SlowSenderTests
{
    /// <summary>A body that stops is too slow after a fiftieth of a second.</summary>
    private static readonly (string, string)[] Impatient =
        [("Observe:Ingest:Connections:SlowBodyGrace", "00:00:00.020"), ("Observe:Ingest:Connections:MinBodyBytesPerSecond", "1000000")];

    [Fact]
    public async Task Post_BodyStops_Is503AndTheConnectionIsClosed()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync(Impatient);
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"resource");
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 5\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Observe:Ingest:Connections:MinBodyBytesPerSecond", answer, StringComparison.Ordinal);
        AssertRefusedOnce(host, OtlpSignal.Logs);
    }

    [Fact]
    public async Task Export_BodyStops_IsUnavailableAndOtherCallsOfTheConnectionGoOn()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync(Impatient);
        var release = new TaskCompletionSource();
        int connections = host.Services.GetRequiredService<SenderRegistry>().Connections;
        GrpcReply before = await CallAsync(host, Logs, Frame(OtlpSamples.Logs));

        GrpcReply slow = await CallAsync(host.Grpc, Metrics, new StalledContent([0, 0, 0, 1, 0, 1], release.Task));
        GrpcReply after = await CallAsync(host, Logs, Frame(OtlpSamples.Logs));
        release.SetResult();

        Assert.Equal(("0", "14", "0"), (before.Status, slow.Status, after.Status));
        Assert.Equal(5, slow.RetrySeconds);
        Assert.True(slow.IsTrailersOnly);
        Assert.Equal(connections + 1, host.Services.GetRequiredService<SenderRegistry>().Connections);
        AssertRefusedOnce(host, OtlpSignal.Metrics);
    }

    [Fact]
    public async Task Post_SlowButFastEnough_IsStored()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:Connections:SlowBodyGrace", "00:01:00"), ("Observe:Ingest:Connections:MinBodyBytesPerSecond", "1"));
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);
        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");

        await connection.SendAsync("{");
        await connection.SendAsync("}");

        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadUntilAsync("{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_DoNotCome_ClosesTheConnection()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), ("Observe:Ingest:Connections:HeadersTimeout", "00:00:00.1"));
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\n");

        Assert.StartsWith("HTTP/1.1 408 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdleConnection_IsClosed()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), ("Observe:Ingest:Connections:KeepAliveTimeout", "00:00:00.1"));
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAnnouncements_HoldLittleMemory()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        var budget = host.Services.GetRequiredService<IngestBudget>();
        var connections = new List<RawConnection>();
        for (int i = 0; i < 50; i++)
        {
            RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);
            connections.Add(connection);
            await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000000\r\n\r\n");
        }

        await WaitUntilAsync(() => budget.Reserved >= 50 * (64 << 10));

        Assert.Equal(50 * (64 << 10), budget.Reserved);
        connections.ForEach(connection => connection.Dispose());
        await WaitUntilAsync(() => budget.Reserved == 0);
    }

    [Fact]
    public async Task ManySlowUploads_HoldTheSendersShareAndAnotherSenderIsServed()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:MaxRequestBytes", "100000"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        var budget = host.Services.GetRequiredService<IngestBudget>();
        var connections = new List<RawConnection>();
        for (int i = 0; i < 8; i++)
        {
            RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!, "127.0.0.2");
            connections.Add(connection);
            await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{");
        }

        Task<string> refused = await Task.WhenAny(connections.Select(connection => connection.ReadUntilAsync("}")));
        using HttpResponseMessage other = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);

        Assert.StartsWith("HTTP/1.1 429 ", await refused, StringComparison.Ordinal);
        Assert.Equal(7 * (64 << 10), budget.Reserved);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        connections.ForEach(connection => connection.Dispose());
        await WaitUntilAsync(() => budget.Reserved == 0);
    }

    [Fact]
    public async Task SenderDisconnects_InTheMiddleOfABody_GivesItsMemoryBack()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        var budget = host.Services.GetRequiredService<IngestBudget>();
        RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);
        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
        await WaitUntilAsync(() => budget.Reserved > 0);

        connection.Dispose();

        await WaitUntilAsync(() => budget.Reserved == 0);
        await WaitUntilAsync(() => host.Services.GetRequiredService<SenderRegistry>().Connections == 0);
    }

    private static void AssertRefusedOnce(IngestHost host, OtlpSignal signal) => Assert.Equal(
        (new Refusal(signal, "127.0.0.1", IngestError.TooSlow), 1L),
        Assert.Single(host.Services.GetRequiredService<RefusalCounts>().Drain().Select(count => (count.Key, count.Value))));

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Sends a beginning and then nothing.</summary>
    private sealed class StalledContent(byte[] beginning, Task release) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(beginning);
            await stream.FlushAsync();
            await release;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
