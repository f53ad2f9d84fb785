using System.Net;
using System.Text;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>The rules of OTLP/HTTP for servers, one after the other.</summary>
/// <remarks>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#otlphttp"/>, in its order. M is MUST, S is SHOULD, - is what HTTP asks for beside it.
/// <code>
/// M  no compression and gzip                                          ContentEncodingTests
/// M  protobuf with application/x-protobuf                             Response_HasTheContentTypeOfTheRequest
/// M  JSON with application/json                                       Response_HasTheContentTypeOfTheRequest; its mapping: JsonRulesTests
/// M  POST to /v1/traces, /v1/metrics, /v1/logs                        Post_ToEachPath_Is200
/// M  body limited, also after decompression; 413                      HttpReceiverTests.Post_LargerThanAllowed_Is413, ContentEncodingTests.GzipBomb_…
/// S  64 MiB by default, configurable                                  Limit_ByDefault_Is64MiB
/// M  response limited, 4 MiB recommended                              Response_ToARequestOfManyRejectedRecords_IsSmall
/// M  success: 200, Export…ServiceResponse                             Post_ToEachPath_Is200
/// M  success: partial_success unset                                   Post_ToEachPath_Is200 (the message is empty)
/// S  empty request: success                                           EmptyRequest_IsSuccess
/// M  partially accepted: 200, rejected count set                      PartialSuccess_NamesTheFieldOfTheSignal
/// S  partially accepted: error_message                                PartialSuccess_NamesTheFieldOfTheSignal
/// M  failure: 4xx or 5xx with a Status                                Error_OfEveryKind_IsAStatusInTheContentTypeOfTheRequest
/// S  Status.message                                                   Error_OfEveryKind_IsAStatusInTheContentTypeOfTheRequest
/// M  retryable: 429, 502, 503, 504 and no other                       Error_OfEveryKind_… , RateLimitTests, SlowSenderTests, RefusedRequestsTests
/// M  data that cannot be decoded: 400; S with BadRequest              Error_BadData_HasABadRequest
/// S  overloaded: 429 or 503, with Retry-After (MAY)                   RateLimitTests, RefusedRequestsTests.JournalFull_…, SlowSenderTests
/// S  protobuf and JSON on one port                                    Response_HasTheContentTypeOfTheRequest
/// -  keep-alive, HTTP/1.0, chunks, Expect, HEAD, OPTIONS              below
/// Not followed, all MAY: gzip in responses, HTTP/2 at this port (Http2WithPriorKnowledge_IsTurnedAway), gRPC at this port, other paths.
/// </code>
/// </remarks>
public sealed class HttpRulesTests
{
    private const string OneLog = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"}}]}]}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/logs", "Logs")]
    [InlineData("/v1/metrics", "Metrics")]
    [InlineData("/v1/traces", "Traces")]
    public async Task Post_ToEachPath_Is200(string path, string signal)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, path, OtlpSamples.Of(signal), ProtobufType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("application/x-protobuf", "application/x-protobuf")]
    [InlineData("Application/X-Protobuf", "application/x-protobuf")]
    [InlineData("application/x-protobuf; encoding=proto", "application/x-protobuf")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/JSON;charset=UTF-8", "application/json")]
    public async Task Response_HasTheContentTypeOfTheRequest(string sent, string expected)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        bool isJson = expected == JsonType;

        using HttpResponseMessage good = await PostAsync(host, "/v1/logs", isJson ? "{}"u8.ToArray() : [], sent);
        using HttpResponseMessage bad = await PostAsync(host, "/v1/logs", "}"u8.ToArray(), sent);

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(expected, good.Content.Headers.ContentType?.ToString());
        Assert.Equal(isJson ? "{}" : "", await good.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(expected, bad.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public void Limit_ByDefault_Is64MiB() => Assert.Equal(64 * 1024 * 1024, new Observe.Ingest.IngestOptions().MaxRequestBytes);

    [Theory]
    [InlineData("/v1/logs", "")]
    [InlineData("/v1/logs", "0A00")]
    [InlineData("/v1/traces", "0A021200")]
    [InlineData("/v1/metrics", "0A0412021200")]
    public async Task EmptyRequest_IsSuccess(string path, string hex)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage protobuf = await PostAsync(host, path, Convert.FromHexString(hex), ProtobufType);
        using HttpResponseMessage json = await PostAsync(host, path, "{}"u8.ToArray(), JsonType);

        Assert.Equal(HttpStatusCode.OK, protobuf.StatusCode);
        Assert.Empty(await protobuf.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("{}", await json.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(engine.Inserts);
    }

    [Theory]
    [InlineData("/v1/traces", """{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"no ids"},{"name":"nor here"}]}]}]}""", "\"rejectedSpans\":\"2\"")]
    [InlineData(
        "/v1/metrics",
        """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","histogram":{"dataPoints":[{"bucketCounts":["1","2"],"explicitBounds":[1,2,3]}]}}]}]}]}""",
        "\"rejectedDataPoints\":\"1\"")]
    public async Task PartialSuccess_NamesTheFieldOfTheSignal(string path, string body, string expected)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, path, Encoding.UTF8.GetBytes(body), JsonType);
        string answer = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Matches("\"errorMessage\":\".*rejected: ", answer);
    }

    [Fact]
    public async Task Response_ToARequestOfManyRejectedRecords_IsSmall()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        byte[] body = OtlpWriter.Request([.. Enumerable.Repeat(OtlpWriter.Span([1], OtlpWriter.SpanId), 50_000)]);

        using HttpResponseMessage response = await PostAsync(host, "/v1/traces", body, ProtobufType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync(Cancellation)).Length, 10, 1000);
    }

    [Theory]
    [InlineData("POST", "/v1/other", HttpStatusCode.NotFound, 12)]
    [InlineData("POST", "/v1development/profiles", HttpStatusCode.NotFound, 12)]
    [InlineData("POST", "/v1/logs/", HttpStatusCode.NotFound, 12)]
    [InlineData("GET", "/v1/logs", HttpStatusCode.MethodNotAllowed, 12)]
    [InlineData("PUT", "/v1/logs", HttpStatusCode.MethodNotAllowed, 12)]
    [InlineData("POST", "/v1/logs", HttpStatusCode.BadRequest, 3)]
    public async Task Error_OfEveryKind_IsAStatusInTheContentTypeOfTheRequest(string method, string path, HttpStatusCode expected, int code)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        foreach (string type in new[] { JsonType, ProtobufType })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent("}"u8.ToArray()) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage response = await host.Http.SendAsync(request, Cancellation);

            Assert.Equal(expected, response.StatusCode);
            Assert.Null(response.Headers.RetryAfter);
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
            if (type == JsonType)
            {
                (int statusCode, string message) = await ReadStatusAsync(response);
                Assert.Equal(code, statusCode);
                Assert.NotEmpty(message);
            }
            else
            {
                Assert.Equal([0x08, (byte)code, 0x12], (await response.Content.ReadAsByteArrayAsync(Cancellation))[..3]);
            }
        }
    }

    [Fact]
    public async Task Error_BadData_HasABadRequest()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", "}"u8.ToArray(), JsonType);

        Assert.Contains(
            "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"description\":",
            await response.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/protobuf")]
    [InlineData("application/jsonp")]
    [InlineData("application/grpc")]
    public async Task AnotherContentType_Is415(string type)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", "{}"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/x-protobuf or application/json", (await ReadStatusAsync(response)).Message, StringComparison.Ordinal);
    }

    /// <summary>A new version of OTLP has fields that this one does not know.</summary>
    [Fact]
    public async Task UnknownFields_AreIgnored()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        byte[] body =
        [
            .. OtlpWriter.Request(record => record.Fixed64(1, OtlpWriter.Time).String(900, "new").Varint(901, 1).Fixed32(902, 1).Fixed64(903, 1)),
            .. ProtoWriter.Message(request => request.Sub(77, field => field.String(1, "new"))),
        ];

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", body, ProtobufType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(engine.Of("logs"));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("FOO")]
    public async Task AnotherMethod_Is405AndSaysPost(string method)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync($"{method} /v1/logs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: POST\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(method == "HEAD", answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Http10_IsServedAndClosed()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync($"POST /v1/logs HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {OneLog.Length}\r\n\r\n{OneLog}");

        string answer = await connection.ReadToEndAsync();
        Assert.Contains(" 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_OneBytePerChunk_AreStored()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (char c in OneLog)
        {
            await connection.SendAsync($"1\r\n{c}\r\n");
        }

        await connection.SendAsync("0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadUntilAsync("{}"), StringComparison.Ordinal);
        await host.DrainAsync();
        Assert.Equal("hello", Assert.Single(engine.Of("logs"))["Body"].GetString(0));
    }

    [Fact]
    public async Task Expect100Continue_IsToldToGoOn()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await connection.ReadUntilAsync("\r\n\r\n"));
        await connection.SendAsync("{}");

        Assert.Contains("HTTP/1.1 200 ", await connection.ReadUntilAsync("{}"), StringComparison.Ordinal);
    }

    /// <summary>Whoever asks first is spared the upload.</summary>
    [Fact]
    public async Task Expect100Continue_TooLarge_IsRefusedBeforeItIsSent()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync(
            "POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadUntilAsync("}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestsOfOneConnection_AreAnsweredInOrder()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);
        const string head = "POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ";

        await connection.SendAsync($"{head}2\r\n\r\n{{}}{head}1\r\n\r\n}}{head}2\r\n\r\n{{}}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string answers = await connection.ReadToEndAsync();

        Assert.Equal(
            ["200", "400", "200", "404"],
            answers.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(answer => answer[..3]));
    }

    [Fact]
    public async Task Http2WithPriorKnowledge_IsTurnedAway()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        using RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!);

        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");

        // GOAWAY with HTTP_1_1_REQUIRED
        Assert.EndsWith("\u0007\0\0\0\0\0\0\0\0\0\0\0\0\u000D", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
