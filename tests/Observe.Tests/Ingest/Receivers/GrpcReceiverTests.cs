using System.Net;
using System.Net.Http.Headers;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class GrpcReceiverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Logs, "logs", "Logs")]
    [InlineData(Traces, "spans", "Traces")]
    [InlineData(Metrics, "number_points", "Metrics")]
    public async Task Export_IsAnsweredOkWhenTheRowsAreInTheEngine(string path, string table, string signal)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply reply = await CallAsync(host, path, Frame(OtlpSamples.Of(signal)));

        Assert.Equal("0", reply.Status);
        Assert.Equal(new byte[5], reply.Body);
        Assert.NotEmpty(engine.Of(table));
    }

    [Fact]
    public async Task Export_Gzip_IsStored()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        GrpcReply reply = await CallAsync(host, Logs, Frame(HttpCalls.Gzip(OtlpSamples.Logs), flag: 1), ("grpc-encoding", "gzip"));

        Assert.Equal("0", reply.Status);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Export_SomeSpansInvalid_AnswersPartialSuccess()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        byte[] request = OtlpWriter.Request(OtlpWriter.Span([1], OtlpWriter.SpanId), OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId));

        GrpcReply reply = await CallAsync(host, Traces, Frame(request));

        Assert.Equal("0", reply.Status);
        Assert.Equal(
            ProtoWriter.Message(r => r.Sub(1, p => p.Varint(1, 1).String(2, "1 rejected: a span's trace_id must be 16 bytes, not all of them zero."))),
            reply.Body[5..]);
    }

    [Fact]
    public async Task Export_MalformedMessage_IsInvalidArgument()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply reply = await CallAsync(host, Logs, Frame(OtlpSamples.Logs[..40]));

        Assert.Equal("3", reply.Status);
        Assert.StartsWith("Export%E2%80%A6ServiceRequest is malformed", reply.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Inserts);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("0000000005AABB")]
    [InlineData("0000000001AABB")]
    [InlineData("0200000000")]
    public async Task Export_BodyThatIsNotOneFrame_IsInvalidArgument(string hex)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("3", (await CallAsync(host, Logs, Convert.FromHexString(hex))).Status);
    }

    [Fact]
    public async Task Export_UnknownEncoding_IsUnimplementedAndSaysWhatIsAccepted()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        GrpcReply reply = await CallAsync(host, Logs, Frame(OtlpSamples.Logs, flag: 1), ("grpc-encoding", "snappy"));

        Assert.Equal("12", reply.Status);
        Assert.Equal("identity,gzip", reply.AcceptedEncodings);
    }

    [Fact]
    public async Task Export_CompressedWithoutSayingHow_IsInternal()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("13", (await CallAsync(host, Logs, Frame(OtlpSamples.Logs, flag: 1))).Status);
    }

    [Fact]
    public async Task Export_UnknownMethod_IsUnimplemented()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("12", (await CallAsync(host, "/grpc.health.v1.Health/Check", Frame([]))).Status);
    }

    [Fact]
    public async Task Export_TooLarge_IsResourceExhaustedWithoutRetryInfo()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:MaxRequestBytes", "4096"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));

        GrpcReply reply = await CallAsync(host, Logs, Frame(OtlpWriter.Request(OtlpWriter.Log(new string('a', 5000)))));

        Assert.Equal("8", reply.Status);
        Assert.DoesNotContain("RetryInfo", reply.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99999999H")]
    [InlineData("99999999S")]
    public async Task Export_DeadlineBeyondAnyTimer_IsAnsweredOk(string timeout)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply reply = await CallAsync(host, Logs, Frame(OtlpSamples.Logs), ("grpc-timeout", timeout));

        Assert.Equal("0", reply.Status);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Post_OtherContentType_Is415()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using var content = new ByteArrayContent(OtlpSamples.Logs);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");

        using HttpResponseMessage response = await host.Grpc.PostAsync(Logs, content, Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
