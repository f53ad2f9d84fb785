using System.Net;
using System.Text;
using Observe.Storage.Results;
using static Observe.Tests.Ingest.Receivers.HttpCalls;

namespace Observe.Tests.Ingest.Receivers;

/// <summary>The rules of OTLP/JSON, from the socket to the row. Details of single values: OtlpJsonTranscoderTests.</summary>
/// <remarks>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding"/>
/// <code>
/// M  traceId and spanId in hexadecimal of any case, never base64      Ids_InHexOfAnyCase_AreStored, Ids_InBase64_Are400
/// M  enums as numbers                                                 Enums_AreNumbers
///    enum names MUST NOT be used                                      Enums_NamesAreTakenToo: not enforced, see there
/// M  unknown names ignored                                            UnknownNames_AreIgnored
///    lowerCamelCase; original names are not valid                     Names_OfTheProtoFile_AreTakenToo: not enforced, see there
///    int64 as numbers or text                                         Integers_AreNumbersOrText
///    NaN and Infinity as text (proto3's mapping)                      Doubles_NaNAndInfinityAreText
/// </code>
/// </remarks>
public sealed class JsonRulesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("5B8EFFF798038103D269B633813FC60C", "EEE19B7EC3C1B174")]
    [InlineData("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174")]
    [InlineData("5b8EFFf798038103d269b633813fc60C", "eeE19b7EC3c1b174")]
    public async Task Ids_InHexOfAnyCase_AreStored(string traceId, string spanId)
    {
        ResultBlock row = await StoreSpanAsync($$"""{"traceId":"{{traceId}}","spanId":"{{spanId}}","name":"work"}""");

        Assert.Equal("5b8efff798038103d269b633813fc60c", row["TraceId"].GetString(0));
        Assert.Equal("eee19b7ec3c1b174", row["SpanId"].GetString(0));
    }

    [Fact]
    public async Task Ids_InBase64_Are400()
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(
            host, "/v1/traces", Spans("""{"traceId":"W47/95gDgQPSabYzgT/GDA==","spanId":"7uGbfsPBsXQ="}"""), JsonType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("hexadecimal", (await ReadStatusAsync(response)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"SPAN_KIND_SERVER\"")]
    public async Task Enums_AreNumbers_AndNamesAreTakenToo(string kind)
    {
        // The rule binds whoever writes: proto3's own mapping has names, and libraries that follow it send them. Refusing would lose spans.
        ResultBlock row = await StoreSpanAsync(
            $$"""{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","name":"work","kind":{{kind}}}""");

        Assert.Equal(2, row["Kind"].GetInt64(0));
    }

    [Fact]
    public async Task UnknownNames_AreIgnored()
    {
        ResultBlock row = await StoreSpanAsync(
            """{"new":{"deep":[1,{"x":null}]},"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","name":"work","newer":1.5}""");

        Assert.Equal("work", row["Name"].GetString(0));
    }

    [Fact]
    public async Task Names_OfTheProtoFile_AreTakenToo()
    {
        // Not valid by the specification, and so unknown; unknown names are ignored, and records would be lost without a word.
        ResultBlock row = await StoreAsync(
            "/v1/traces",
            "spans",
            """{"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"5B8EFFF798038103D269B633813FC60C","span_id":"EEE19B7EC3C1B174","name":"work"}]}]}]}""");

        Assert.Equal("work", row["Name"].GetString(0));
    }

    [Theory]
    [InlineData("1544712660300000000")]
    [InlineData("\"1544712660300000000\"")]
    public async Task Integers_AreNumbersOrText(string time)
    {
        ResultBlock row = await StoreAsync(
            "/v1/logs", "logs", $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":{{{time}}},"body":{"stringValue":"x"}}]}]}]}""");

        Assert.Equal("x", row["Body"].GetString(0));
    }

    [Theory]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"Infinity\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("1e3", 1000)]
    public async Task Doubles_NaNAndInfinityAreText(string value, double expected)
    {
        ResultBlock row = await StoreAsync(
            "/v1/metrics",
            "number_points",
            $$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asDouble":{{{value}}}}]}}]}]}]}""");

        Assert.Equal(expected, row["Value"].GetFloat64(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{} x")]
    [InlineData("{'resourceLogs':[]}")]
    public async Task NotADocument_Is400(string body)
    {
        await using IngestHost host = await IngestHost.StartAsync(new FakeEngine());

        using HttpResponseMessage response = await PostAsync(host, "/v1/logs", Encoding.UTF8.GetBytes(body), JsonType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static Task<ResultBlock> StoreSpanAsync(string span) => StoreAsync("/v1/traces", "spans", Encoding.UTF8.GetString(Spans(span)));

    private static byte[] Spans(string span) => Encoding.UTF8.GetBytes($$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{span}}]}]}]}""");

    private static async Task<ResultBlock> StoreAsync(string path, string table, string body)
    {
        var engine = new FakeEngine();
        await using IngestHost host = await IngestHost.StartAsync(engine);
        using HttpResponseMessage response = await PostAsync(host, path, Encoding.UTF8.GetBytes(body), JsonType);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Cancellation));
        return Assert.Single(engine.Of(table));
    }
}
