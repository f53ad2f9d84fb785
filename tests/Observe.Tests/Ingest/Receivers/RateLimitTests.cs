using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Observe.Ingest;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class RateLimitTests
{
    /// <summary>One request is a debt of minutes.</summary>
    private static readonly (string, string)[] TenBytesPerSecond =
        [("Observe:Ingest:Senders:BytesPerSecond", "10"), ("Observe:Ingest:Senders:Burst", "00:00:01")];

    /// <summary>The seconds until the debt of one request is paid, less what a slow machine takes to ask.</summary>
    private static readonly int Debt = (OtlpSamples.Logs.Length - 10) / 10;

    [Fact]
    public async Task Post_OverTheLimit_Is429WithTheSecondsUntilItIsNot()
    {
        await using IngestHost host = await IngestHost.StartCountingAsync(TenBytesPerSecond);

        using HttpResponseMessage first = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);
        using HttpResponseMessage second = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, JsonType);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.InRange((int)second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Debt - 30, Debt + 2);
        Assert.Contains("Observe:Ingest:Senders", (await ReadStatusAsync(second)).Message, StringComparison.Ordinal);
        Assert.Equal(
            (new Refusal(OtlpSignal.Logs, "127.0.0.1", IngestError.RateLimited), 1L),
            Assert.Single(host.Services.GetRequiredService<RefusalCounts>().Drain().Select(count => (count.Key, count.Value))));
    }

    [Fact]
    public async Task Export_OverTheLimit_IsUnavailableWithRetryInfo()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), TenBytesPerSecond);

        GrpcReply first = await CallAsync(host, Logs, Frame(OtlpSamples.Logs));
        GrpcReply second = await CallAsync(host, Traces, Frame(OtlpSamples.Traces));

        Assert.Equal("0", first.Status);
        Assert.Equal("14", second.Status);
        Assert.NotNull(second.RetrySeconds);
        Assert.InRange(second.RetrySeconds.Value, Debt - 30, Debt + 2);
    }

    [Fact]
    public async Task Post_OverTheLimit_AnotherSenderIsServed()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), TenBytesPerSecond);
        using HttpClient other = From("127.0.0.2", host.Http.BaseAddress!, HttpVersion.Version11);
        using HttpResponseMessage first = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);

        using HttpResponseMessage ofOther = await PostAsync(other, "/v1/logs", new ByteArrayContent(OtlpSamples.Logs), ProtobufType);
        using HttpResponseMessage second = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);

        Assert.Equal(HttpStatusCode.OK, ofOther.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    /// <summary>What costs is what comes out, also of a request that comes to nothing.</summary>
    [Fact]
    public async Task Post_Gzip_IsChargedWithItsContent()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), TenBytesPerSecond);
        byte[] compressed = Gzip(new byte[1_000_000]);
        Assert.True(compressed.Length < 10_000);

        using HttpResponseMessage first = await PostAsync(host, "/v1/logs", compressed, ProtobufType, "gzip");
        using HttpResponseMessage second = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);

        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.InRange((int)second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 86_000, 86_401); // A day at most.
    }

    [Fact]
    public async Task Post_RequestsPerSecond_AreLimited()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:Senders:RequestsPerSecond", "1"), ("Observe:Ingest:Senders:Burst", "00:01:00"));

        List<HttpStatusCode> answers = [];
        while (answers.Count < 1000 && !answers.Contains(HttpStatusCode.TooManyRequests))
        {
            using HttpResponseMessage response = await PostAsync(host, "/v1/logs", [], ProtobufType);
            answers.Add(response.StatusCode);
        }

        Assert.InRange(answers.Count, 61, 999);
        Assert.All(answers.SkipLast(1), answer => Assert.Equal(HttpStatusCode.OK, answer));
    }
}
