using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Observe.Ingest;
using Observe.Ingest.Ledger;
using Observe.Ingest.Senders;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task OneSendersLimit_FurtherConnectionsAreClosedAndAnotherSenderIsServed()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync(("Observe:Ingest:Connections:MaxConnectionsPerSender", "2"));
        using RawConnection first = await OpenAndSendAsync(host);
        using RawConnection second = await OpenAndSendAsync(host);
        using RawConnection third = await RawConnection.OpenAsync(host.Http.BaseAddress!, "127.0.0.2");

        Assert.Equal("", await third.ReadToEndAsync());
        using HttpResponseMessage other = await PostAsync(host, "/v1/logs", [], ProtobufType);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(
            (new Refusal(null, "127.0.0.2", IngestError.TooManyConnections), 1L),
            Assert.Single(host.Services.GetRequiredService<RefusalCounts>().Drain().Select(count => (count.Key, count.Value))));

        first.Dispose();
        var senders = host.Services.GetRequiredService<SenderRegistry>();
        while (senders.Connections > 2)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        using RawConnection fourth = await OpenAndSendAsync(host);
    }

    [Fact]
    public async Task LimitOfAll_CountsBothAddresses()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), ("Observe:Ingest:Connections:MaxConnections", "1"));
        using RawConnection first = await OpenAndSendAsync(host);

        using RawConnection grpc = await RawConnection.OpenAsync(host.Grpc.BaseAddress!);

        Assert.Equal("", await grpc.ReadToEndAsync());
    }

    [Fact]
    public async Task Settings_OfConnections_AreTold()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(),
            ("Observe:Ingest:Connections:MaxStreamsPerConnection", "7"),
            ("Observe:Ingest:Connections:StreamWindowBytes", "70000"),
            ("Observe:Ingest:Connections:ConnectionWindowBytes", "80000"));
        using RawConnection connection = await RawConnection.OpenAsync(host.Grpc.BaseAddress!);

        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        string frames = await connection.ReadUntilAsync("\0\0\u0004\u0008\0\0\0\0\0");

        Assert.Contains("\0\u0003\0\0\0\u0007", frames, StringComparison.Ordinal); // SETTINGS_MAX_CONCURRENT_STREAMS
        Assert.Contains("\0\u0004\0\u0001\u0011\u0070", frames, StringComparison.Ordinal); // SETTINGS_INITIAL_WINDOW_SIZE
    }

    /// <summary>A peer that is alive answers pings, and is asked when it was silent.</summary>
    [Fact]
    public async Task SilentGrpcConnection_IsPingedAndClosedWithoutAnAnswer()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:Connections:PingDelay", "00:00:01"), ("Observe:Ingest:Connections:PingTimeout", "00:00:01"));
        using RawConnection connection = await RawConnection.OpenAsync(host.Grpc.BaseAddress!);

        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");

        Assert.Contains("\0\0\u0008\u0006\0\0\0\0\0", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task<RawConnection> OpenAndSendAsync(IngestHost host)
    {
        RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!, "127.0.0.2");
        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadUntilAsync("{}"), StringComparison.Ordinal);
        return connection;
    }
}
