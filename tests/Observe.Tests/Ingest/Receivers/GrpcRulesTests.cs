using System.Net;
using System.Text;
using Observe.Ingest;
using Observe.Ingest.Receivers;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>The rules of OTLP/gRPC, and of gRPC itself, for servers.</summary>
/// <remarks>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc"/>, <see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md"/>.
/// M is MUST, S is SHOULD.
/// <code>
/// M  no compression and gzip                                          GrpcReceiverTests.Export_Gzip_IsStored, ContentEncodingTests
/// M  message limited, also after decompression;                       Message_OfTheLimit_IsTakenAndOneByteMoreIsRefused,
///    RESOURCE_EXHAUSTED, not retryable                                ContentEncodingTests.GzipBomb_…
/// S  64 MiB by default, configurable                                  HttpRulesTests.Limit_ByDefault_Is64MiB
/// S  concurrent unary calls                                           Calls_OfOneConnection_RunAtTheSameTime
/// M  response limited                                                 HttpRulesTests.Response_ToARequestOfManyRejectedRecords_IsSmall
/// S  empty request: success                                           EmptyRequest_IsSuccess
/// M  success: Export…ServiceResponse, partial_success unset           EmptyRequest_IsSuccess, GrpcReceiverTests.Export_IsAnsweredOk…
/// M  partially accepted: OK, rejected count; S with error_message     GrpcReceiverTests.Export_SomeSpansInvalid_AnswersPartialSuccess
/// S  retryable errors: UNAVAILABLE, with RetryInfo                    RefusedRequestsTests.JournalFull_…, SlowSenderTests
/// S  other errors: INVALID_ARGUMENT, with BadRequest                  MalformedMessage_HasABadRequest
/// S  client over its pace: UNAVAILABLE with RetryInfo                 RateLimitTests.Export_OverTheLimit_…
///    every retryable code with RetryInfo                              Errors_AskedToRetry_AlwaysSayWhen
/// gRPC:
/// M  content-type not application/grpc…: HTTP 415                     GrpcReceiverTests.Post_OtherContentType_Is415, ContentType_…
/// M  unknown method: UNIMPLEMENTED                                    GrpcReceiverTests.Export_UnknownMethod_IsUnimplemented
/// M  errors without message: trailers only                            Errors_AreTrailersOnly
/// M  status in trailers after a message                               EmptyRequest_IsSuccess
/// M  grpc-message percent-encoded                                     GrpcReceiverTests.Export_MalformedMessage_IsInvalidArgument
/// M  unknown encoding: UNIMPLEMENTED with grpc-accept-encoding        GrpcReceiverTests.Export_UnknownEncoding_…
/// M  compressed without encoding: INTERNAL                            GrpcReceiverTests.Export_CompressedWithoutSayingHow_IsInternal
///    deadline                                                         Deadline_AlreadyPassed_…, Deadline_ThatIsNone_IsIgnored
///    te: trailers (detects proxies; servers need not check)           TeTrailersMissing_IsServed
/// Not followed: a call with no or two messages is INVALID_ARGUMENT, which OTLP recommends for what must not be sent again; gRPC's table
/// of codes has UNIMPLEMENTED, which would say to a developer that the method is missing. Both are not retryable.
/// </code>
/// </remarks>
public sealed class GrpcRulesTests
{
    [Theory]
    [InlineData(Logs, "")]
    [InlineData(Metrics, "0A00")]
    [InlineData(Traces, "0A021200")]
    public async Task EmptyRequest_IsSuccess(string path, string hex)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        GrpcReply reply = await CallAsync(host, path, Frame(Convert.FromHexString(hex)));

        Assert.Equal("0", reply.Status);
        Assert.Equal(new byte[5], reply.Body);
        Assert.False(reply.IsTrailersOnly);
    }

    [Fact]
    public async Task Message_OfTheLimit_IsTakenAndOneByteMoreIsRefused()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:MaxRequestBytes", "100000"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        byte[] largest = OtlpWriter.Request(OtlpWriter.Log(new string('a', 99_900)));
        byte[] padding = ProtoWriter.Message(request => request.Bytes(77, new byte[100_000 - largest.Length - 3]));
        largest = [.. largest, .. padding];
        Assert.Equal(100_000, largest.Length);

        foreach (bool isGzip in new[] { false, true })
        {
            (string, string)[] headers = isGzip ? [("grpc-encoding", "gzip")] : [];
            GrpcReply taken = await CallAsync(host, Logs, FrameOf(largest, isGzip), headers);
            GrpcReply refused = await CallAsync(host, Logs, FrameOf([.. largest, 0], isGzip), headers);

            Assert.Equal(("0", isGzip), (taken.Status, isGzip));
            Assert.Equal(("8", isGzip), (refused.Status, isGzip));
            Assert.Null(refused.RetrySeconds);
        }

        static byte[] FrameOf(byte[] message, bool isGzip) => isGzip ? Frame(HttpCalls.Gzip(message), flag: 1) : Frame(message);
    }

    [Fact]
    public async Task Calls_OfOneConnection_RunAtTheSameTime()
    {
        var release = new TaskCompletionSource();
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        var gate = new GatedContent(release.Task);

        Task<GrpcReply> slow = CallAsync(host.Grpc, Logs, gate);
        await gate.Begun;
        GrpcReply fast = await CallAsync(host, Logs, Frame([]));
        Assert.False(slow.IsCompleted);
        release.SetResult();

        Assert.Equal("0", fast.Status);
        Assert.Equal("0", (await slow).Status);
    }

    [Fact]
    public async Task MalformedMessage_HasABadRequest()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        GrpcReply reply = await CallAsync(host, Logs, Frame([1]));

        Assert.Equal("3", reply.Status);
        Assert.Contains("type.googleapis.com/google.rpc.BadRequest", reply.Details, StringComparison.Ordinal);
        Assert.Equal([0x08, 0x03], reply.StatusBytes[..2]);
    }

    [Fact]
    public void Errors_AskedToRetry_AlwaysSayWhen()
    {
        // Without RetryInfo, clients throw RESOURCE_EXHAUSTED away and guess at UNAVAILABLE.
        foreach (IngestError error in Enum.GetValues<IngestError>())
        {
            ErrorStatus status = ErrorStatus.Of(new IngestFailure(error, ""));
            bool isRetryableHttp = status.Http is 429 or 502 or 503 or 504;
            bool isRetryableGrpc = status.Grpc is 1 or 4 or 10 or 11 or 14 or 15;

            Assert.True(isRetryableHttp == isRetryableGrpc, $"{error}: HTTP {status.Http} and gRPC {status.Grpc} disagree.");
            Assert.True(status.Grpc != GrpcStatus.Unavailable || status.RetryAfter is not null, $"{error} does not say when.");
            Assert.True(status.RetryAfter is null || isRetryableGrpc, $"{error} says when, and must not be sent again.");
        }
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(1, 1)]
    [InlineData(1.0000001, 2)]
    [InlineData(59.5, 60)]
    public void RetryAfter_ComesFromTheFailure_InWholeSecondsThatAreEnough(double seconds, int expected)
    {
        TimeSpan delay = TimeSpan.FromSeconds(seconds);

        Assert.Equal(TimeSpan.FromSeconds(expected), ErrorStatus.Of(new IngestFailure(IngestError.RateLimited, "", delay)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(expected), ErrorStatus.Of(new IngestFailure(IngestError.Unavailable, "", delay)).RetryAfter);
        Assert.Null(ErrorStatus.Of(new IngestFailure(IngestError.Malformed, "", delay)).RetryAfter);
    }

    [Fact]
    public async Task Errors_AreTrailersOnly()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        foreach (GrpcReply reply in new[]
        {
            await CallAsync(host, "/x.Y/Z", Frame([])),
            await CallAsync(host, Logs, Frame([1])),
            await CallAsync(host, Logs, Frame([], flag: 1)),
        })
        {
            Assert.True(reply.IsTrailersOnly);
            Assert.Empty(reply.Body);
            Assert.NotEqual("0", reply.Status);
        }
    }

    [Theory]
    [InlineData("application/grpc", HttpStatusCode.OK)]
    [InlineData("application/grpc+proto", HttpStatusCode.OK)]
    [InlineData("application/grpc;charset=utf-8", HttpStatusCode.OK)]
    [InlineData("Application/GRPC", HttpStatusCode.OK)]
    [InlineData("application/grpc+json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc-web", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("", HttpStatusCode.UnsupportedMediaType)]
    public async Task ContentType_OtherThanGrpc_Is415(string type, HttpStatusCode expected)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await HttpCalls.PostAsync(host.Grpc, Logs, new ByteArrayContent(Frame([])), type);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task TeTrailersMissing_IsServed()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("0", (await CallAsync(host.Grpc, Logs, new ByteArrayContent(Frame([])))).Status);
    }

    [Fact]
    public async Task NoMessage_AndTwoMessages_AreInvalidArgument()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply none = await CallAsync(host, Logs, []);
        GrpcReply two = await CallAsync(host, Logs, [.. Frame(OtlpSamples.Logs), .. Frame(OtlpSamples.Logs)]);

        Assert.Equal(("3", "3"), (none.Status, two.Status));
        Assert.Empty(engine.Inserts);
    }

    [Theory]
    [InlineData("0n")]
    [InlineData("0S")]
    [InlineData("1n")]
    public async Task Deadline_AlreadyPassed_IsDeadlineExceededAndNothingIsStored(string timeout)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply reply = await CallAsync(host, Logs, Frame(OtlpSamples.Logs), ("grpc-timeout", timeout));
        await host.StopAsync();

        Assert.Equal("4", reply.Status);
        Assert.Contains("Nothing was stored", reply.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Inserts);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("S")]
    [InlineData("123456789S")]
    [InlineData("-1S")]
    [InlineData("1x")]
    public async Task Deadline_ThatIsNone_IsIgnored(string timeout)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("0", (await CallAsync(host, Logs, Frame(OtlpSamples.Logs), ("grpc-timeout", timeout))).Status);
    }

    [Fact]
    public async Task Message_InFramesOfHttp2OfAnySize_IsStored()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        GrpcReply reply = await CallAsync(host.Grpc, Logs, new DrippingContent(Frame(OtlpSamples.Logs)));

        Assert.Equal("0", reply.Status);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Http1_OnTheGrpcAddress_IsTurnedAwayWithAReason()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Grpc.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

        Assert.Contains("HTTP/2", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(await connection.ReadToEndAsync())), StringComparison.Ordinal);
    }

    /// <summary>An empty message whose last byte comes late.</summary>
    private sealed class GatedContent(Task release) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new();

        public Task Begun => _begun.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[4]);
            await stream.FlushAsync();
            _begun.SetResult();
            await release;
            await stream.WriteAsync(new byte[1]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A frame of HTTP/2 for each byte.</summary>
    private sealed class DrippingContent(byte[] body) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (int i = 0; i < body.Length; i++)
            {
                await stream.WriteAsync(body.AsMemory(i, 1));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
