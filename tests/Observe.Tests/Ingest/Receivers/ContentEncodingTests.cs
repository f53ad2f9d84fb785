using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Observe.Ingest.Memory;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;
using static Observe.Tests.Ingest.Receivers.GrpcCalls;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

public sealed class ContentEncodingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A thousand times what is allowed, in a body that is allowed: refused when the limit is reached, with the memory of the limit.</summary>
    [Fact]
    public async Task GzipBomb_IsTooLargeOnBothTransportsWithinTheMemoryOfOneRequest()
    {
        // The budget holds one request of the largest size; with more than that, the answers would be 429 and UNAVAILABLE.
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), ("Observe:Ingest:MaxBytesInFlight", $"{320 << 20}"));
        byte[] bomb = GzipZeros(1 << 30);
        Assert.True(bomb.Length < 8 << 20);

        using HttpResponseMessage http = await PostAsync(host, "/v1/logs", bomb, ProtobufType, "gzip");
        using HttpResponseMessage json = await PostAsync(host, "/v1/logs", bomb, JsonType, "gzip");
        GrpcReply grpc = await CallAsync(host, Logs, Frame(bomb, flag: 1), ("grpc-encoding", "gzip"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, http.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, json.StatusCode);
        Assert.Equal("8", grpc.Status);
        Assert.Null(grpc.RetrySeconds);
        Assert.Equal(0, host.Services.GetRequiredService<IngestBudget>().Reserved);
    }

    [Fact]
    public async Task GzipOfSeveralMembers_IsReadToTheEnd()
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        byte[] request = OtlpWriter.Request(OtlpWriter.Log("first"), OtlpWriter.Log("second"));
        byte[] members = [.. Gzip(request.AsSpan(0, 40)), .. Gzip(), .. Gzip(request.AsSpan(40))];

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", members, ProtobufType, "gzip");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, Assert.Single(engine.Of("logs")).RowCount);
    }

    /// <summary>Records that ended where the network did would be lost without a word.</summary>
    [Fact]
    public async Task GzipCutAnywhere_Is400()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        byte[] whole = Gzip("{}"u8);

        for (int length = 0; length < whole.Length; length++)
        {
            using HttpResponseMessage response = await PostAsync(host, "/v1/logs", whole[..length], JsonType, "gzip");
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"The first {length} of {whole.Length} bytes are {response.StatusCode}.");
        }

        using HttpResponseMessage complete = await PostAsync(host, "/v1/logs", whole, JsonType, "gzip");
        Assert.Equal(HttpStatusCode.OK, complete.StatusCode);
    }

    [Fact]
    public async Task GzipWithAWrongChecksum_Is400()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());
        byte[] body = Gzip(OtlpSamples.Logs);
        body[^6] ^= 1;

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", body, ProtobufType, "gzip");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("IDENTITY")]
    public async Task Identity_IsTheBodyItself(string encoding)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", OtlpSamples.Logs, ProtobufType, encoding);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData("x-gzip")]
    public async Task Gzip_InAnySpelling_IsDecompressed(string encoding)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", Gzip(OtlpSamples.Logs), ProtobufType, encoding);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(engine.Of("logs"));
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    public async Task AnotherEncoding_Is415AndSaysWhatIsAccepted(string encoding)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", "{}"u8.ToArray(), JsonType, encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("gzip", string.Join(',', response.Headers.GetValues("Accept-Encoding")));
        Assert.Contains("Content-Encoding", (await ReadStatusAsync(response)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task Grpc_AnotherEncoding_IsUnimplementedEvenWithoutCompressedMessages(string encoding)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("12", (await CallAsync(host, Logs, Frame([]), ("grpc-encoding", encoding))).Status);
    }

    [Fact]
    public async Task Grpc_EncodingDeclaredButNotUsed_IsStored()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        Assert.Equal("0", (await CallAsync(host, Logs, Frame(OtlpSamples.Logs), ("grpc-encoding", "gzip"))).Status);
    }

    [Theory]
    [InlineData(false, "json")]
    [InlineData(true, "json")]
    [InlineData(true, "protobuf")]
    public async Task LargeRequest_WaitsForAPlace_WhileSmallOnesPass(bool isGzip, string format)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine, ("Observe:Ingest:MaxTransformations", "1"));
        var gate = host.Services.GetRequiredService<TransformGate>();
        string text = new('a', 400_000);
        byte[] large = format == "json"
            ? Encoding.UTF8.GetBytes($$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{{text}}}"}}]}]}]}""")
            : OtlpWriter.Request(OtlpWriter.Log(text));
        await gate.EnterAsync(host.Services.GetRequiredService<SenderRegistry>().TryConnect("another")!, Cancellation);

        Task<HttpResponseMessage> waiting = PostAsync(
            host, "/v1/logs", isGzip ? Gzip(large) : large, format == "json" ? JsonType : ProtobufType, isGzip ? "gzip" : "");
        while (gate.Waiting == 0)
        {
            await Task.Delay(1, Cancellation);
        }

        using HttpResponseMessage small = await PostAsync(host, "/v1/logs", Gzip("{}"u8), JsonType, "gzip");
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Empty(engine.Inserts);

        gate.Leave();
        using HttpResponseMessage response = await waiting;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(engine.Of("logs"));
    }

    [Fact]
    public async Task SenderGone_WhileItWaitsForAPlace_GivesItsMemoryBack()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine(), ("Observe:Ingest:MaxTransformations", "1"));
        var gate = host.Services.GetRequiredService<TransformGate>();
        var budget = host.Services.GetRequiredService<IngestBudget>();
        await gate.EnterAsync(host.Services.GetRequiredService<SenderRegistry>().TryConnect("another")!, Cancellation);
        using (RawConnection connection = await RawConnection.OpenAsync(host.Http.BaseAddress!))
        {
            await connection.SendAsync(
                $"POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n{new string(' ', 300_000)}");
            while (gate.Waiting == 0)
            {
                await Task.Delay(1, Cancellation);
            }
        }

        while (budget.Reserved > 0 || gate.Waiting > 0)
        {
            await Task.Delay(1, Cancellation);
        }
    }

    private static byte[] GzipZeros(int length)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            byte[] zeros = new byte[1 << 20];
            for (int written = 0; written < length; written += zeros.Length)
            {
                gzip.Write(zeros);
            }
        }

        return compressed.ToArray();
    }
}
