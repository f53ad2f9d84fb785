using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Observe.Storage.Results;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class HttpReceiverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/logs", "logs", "Logs")]
    [InlineData("/v1/traces", "spans", "Traces")]
    [InlineData("/v1/metrics", "number_points", "Metrics")]
    public async Task Post_Protobuf_IsAnsweredWhenTheRowsAreInTheEngine(string path, string table, string signal)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage response = await PostAsync(host, path, OtlpSamples.Of(signal), ProtobufType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ProtobufType, response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.NotEmpty(engine.Of(table));
        Assert.Single(engine.Of("resources"));
    }

    [Fact]
    public async Task Post_Json_IsStoredAndAnsweredInJson()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        const string body = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"}}]}]}]}""";

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", Encoding.UTF8.GetBytes(body), "application/json; charset=utf-8");

        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(JsonType, response.Content.Headers.ContentType?.MediaType);
        ResultBlock row = Assert.Single(engine.Of("logs"));
        Assert.Equal("hello", row["Body"].GetString(0));
        Assert.Equal("unknown_service", row["ServiceName"].GetString(0));
    }

    [Fact]
    public async Task Post_Gzip_IsStored()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", Gzip(OtlpSamples.Logs), ProtobufType, "gzip");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task Post_GzipCutShort_Is400()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", Gzip(OtlpSamples.Logs)[..^20], ProtobufType, "gzip");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_EmptyRequest_Is200AndStoresNothing()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage response = await PostAsync(host, "/v1/traces", [], ProtobufType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(engine.Inserts);
    }

    [Fact]
    public async Task Post_SomeSpansInvalid_SaysHowManyAndWhy()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        const string body = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[
              {"traceId":"00","spanId":"EEE19B7EC3C1B174","name":"bad"},
              {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"EEE19B7EC3C1B174","name":"good"}]}]}]}
            """;

        using HttpResponseMessage response = await PostAsync(host, "/v1/traces", Encoding.UTF8.GetBytes(body), JsonType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"partialSuccess":{"rejectedSpans":"1","errorMessage":"1 rejected: a span\u0027s trace_id must be 16 bytes, not all of them zero."}}""",
            await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("good", Assert.Single(engine.Of("spans"))["Name"].GetString(0));
    }

    [Fact]
    public async Task Post_MalformedProtobuf_Is400WithAStatusInProtobuf()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", OtlpSamples.Logs[..50], ProtobufType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(ProtobufType, response.Content.Headers.ContentType?.MediaType);
        byte[] status = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal([0x08, 0x03, 0x12], status[..3]); // code = INVALID_ARGUMENT, message
        Assert.Contains("Export…ServiceRequest is malformed", Encoding.UTF8.GetString(status), StringComparison.Ordinal);
        Assert.Contains("type.googleapis.com/google.rpc.BadRequest", Encoding.UTF8.GetString(status), StringComparison.Ordinal);
        Assert.Empty(engine.Inserts);
    }

    [Fact]
    public async Task Post_MalformedJson_Is400WithAStatusInJson()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", "{\"resourceLogs\":[{]"u8.ToArray(), JsonType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(3, status.RootElement.GetProperty("code").GetInt32());
        Assert.Contains("resourceLogs[0]", status.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "", HttpStatusCode.UnsupportedMediaType, "application/x-protobuf or application/json")]
    [InlineData("application/x-protobuf", "zstd", HttpStatusCode.UnsupportedMediaType, "gzip")]
    public async Task Post_WhatIsNotServed_Is415AndSaysWhatIs(string type, string encoding, HttpStatusCode expected, string message)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, type, encoding);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains(message, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    public async Task Post_LargerThanAllowed_Is413(string encoding)
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:MaxRequestBytes", "4096"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        byte[] body = OtlpWriter.Request(OtlpWriter.Log(new string('a', 5000)));

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", encoding == "gzip" ? Gzip(body) : body, ProtobufType, encoding);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        using HttpResponseMessage next = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Post_TooLargeWithoutLength_IsRefusedAndTheConnectionGoesOn()
    {
        await using IngestHost host = await IngestHost.StartAsync(
            new FakeEngine(), ("Observe:Ingest:MaxRequestBytes", "4096"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        int connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = host.Http.BaseAddress };

        for (int i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new ByteArrayContent(new byte[50_000]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(ProtobufType);
            request.Headers.TransferEncodingChunked = true;
            using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }

        Assert.Equal(1, connections);
    }

    /// <summary>Kilobytes that would be gigabytes of columns: what is sent once and stored in every row, and resources of a thousand days.</summary>
    [Theory]
    [InlineData("many records")]
    [InlineData("long service name")]
    [InlineData("long metric description")]
    [InlineData("many days")]
    public async Task Post_RowsFarLargerThanTheRequest_Is413(string kind)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(
            engine, ("Observe:Ingest:MaxRequestBytes", "60000"), ("Observe:Ingest:MaxBytesInFlight", "1000000"));
        string large = new('a', 20_000);
        (string path, byte[] body) = kind switch
        {
            "many records" => ("/v1/logs", OtlpWriter.Request([.. Enumerable.Repeat<Action<ProtoWriter>>(_ => { }, 10_000)])),
            "long service name" => ("/v1/logs", OtlpWriter.Request(large, [.. Enumerable.Repeat<Action<ProtoWriter>>(_ => { }, 100)])),
            "many days" => ("/v1/traces", OtlpWriter.Request(large, [.. Enumerable.Range(0, 10).Select(Span)])),
            _ => ("/v1/metrics", OtlpWriter.Request(metric => metric.String(2, large).Sub(5, gauge =>
            {
                for (int i = 0; i < 20; i++)
                {
                    gauge.Sub(1, point => point.Double(4, i));
                }
            }))),
        };

        using HttpResponseMessage response = await PostAsync(host, path, body, ProtobufType);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(engine.Inserts);

        static Action<ProtoWriter> Span(int day) => span => span
            .Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).Fixed64(7, OtlpWriter.Time + ((ulong)day * 86_400 * 1_000_000_000));
    }

    [Fact]
    public async Task Get_IsNotAllowed_AndOtherPathsDoNotExist()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage get = await host.Http.GetAsync("/v1/logs", Cancellation);
        using HttpResponseMessage other = await PostAsync(host, "/v1/other", [], ProtobufType);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(["POST"], get.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }
}
