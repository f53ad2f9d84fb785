using System.Text;
using Observe.Ingest;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Storage.Results;
using Observe.Tests.Ingest.Otlp;

namespace Observe.Tests.Ingest.Json;

public sealed class OtlpJsonTranscoderTests
{
    [Fact]
    public void Transcode_Log_DecodesToTheSameRowAsProtobuf()
    {
        ResultBlock row = Log("""
            "eventName":"browser.page_view","timeUnixNano":"1544712660300000000","observedTimeUnixNano":1544712660300000001,
            "severityNumber":"SEVERITY_NUMBER_INFO2","severityText":"Information","flags":257,"droppedAttributesCount":3,
            "traceId":"5b8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
            "body":{"kvlistValue":{"values":[{"key":"type","value":{"intValue":"0"}},{"key":"url","value":{"stringValue":"https://example.com"}}]}},
            "attributes":[
              {"key":"string","value":{"stringValue":"some string"}},{"key":"bool","value":{"boolValue":true}},
              {"key":"int","value":{"intValue":-10}},{"key":"double","value":{"doubleValue":637.704}},
              {"key":"bytes","value":{"bytesValue":"AAH/"}},{"key":"empty","value":{}},
              {"key":"strings","value":{"arrayValue":{"values":[{"stringValue":"many"},{"stringValue":"values"}]}}},
              {"key":"ints","value":{"arrayValue":{"values":[{"intValue":"1"},{"intValue":2}]}}},
              {"key":"doubles","value":{"arrayValue":{"values":[{"doubleValue":1},{"doubleValue":"NaN"}]}}},
              {"key":"bools","value":{"arrayValue":{"values":[{"boolValue":true},{"boolValue":false}]}}},
              {"key":"none","value":{"arrayValue":{}}},
              {"key":"mixed","value":{"arrayValue":{"values":[{"intValue":1},{"stringValue":"a"},{},
                {"arrayValue":{"values":[{"intValue":2}]}},{"kvlistValue":{"values":[{"key":"k","value":{"intValue":3}}]}}]}}},
              {"key":"map","value":{"kvlistValue":{"values":[{"key":"some.key","value":{"stringValue":"x"}},
                {"key":"deep","value":{"kvlistValue":{"values":[{"key":"er","value":{"intValue":5}}]}}},{"key":"hollow","value":{"kvlistValue":{"values":[]}}}]}}},
              {"key":"order.id","value":{"intValue":"4711"}}]
            """);
        ResultBlock expected = new Decoded(OtlpSignal.Logs).Add(OtlpSamples.Logs).Rows("logs");

        foreach (ResultColumn column in expected.Columns.Where(c => c.Name is not ("ResourceId" or "ScopeId" or "ServiceName" or "ScopeName")))
        {
            Assert.Equal(column.GetValue(0), row[column.Name].GetValue(0));
        }
    }

    [Fact]
    public void Transcode_MetricsOfTheSpecificationsExample_DecodesEveryKind()
    {
        Decoded decoded = Decode(OtlpSignal.Metrics, """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
              {"name":"my.counter","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"asDouble":5,"timeUnixNano":"1544712660300000000"}]}},
              {"name":"my.gauge","gauge":{"dataPoints":[{"asInt":"-10","timeUnixNano":"1544712660300000000"}]}},
              {"name":"my.histogram","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA","dataPoints":[
                {"count":"2","sum":2,"bucketCounts":["1","1"],"explicitBounds":[1],"min":0,"max":2,"exemplars":[{"asInt":3,"traceId":"5B8EFFF798038103D269B633813FC60C"}]}]}},
              {"name":"my.exponential","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
                {"count":3,"sum":10,"scale":-1,"zeroCount":"1","positive":{"offset":1,"bucketCounts":["0","2"]},"zeroThreshold":0}]}},
              {"name":"my.summary","summary":{"dataPoints":[{"count":3,"sum":10,"quantileValues":[{"quantile":0.5,"value":2}]}]}}
            ]}]}]}
            """);

        Assert.Equal([5.0, -10], Enumerable.Range(0, 2).Select(row => decoded.Rows("number_points")["Value"].GetFloat64(row)));
        Assert.Equal([1ul, 1], decoded.Rows("histogram_points").Array("BucketCounts").Select(Convert.ToUInt64));
        Assert.Equal(-1, decoded.Rows("exponential_histogram_points")["Scale"].GetInt64(0));
        Assert.Equal([0ul, 2], decoded.Rows("exponential_histogram_points").Array("PositiveBucketCounts").Select(Convert.ToUInt64));
        Assert.Equal([0.5], decoded.Rows("summary_points").Array("Quantiles").Select(Convert.ToDouble));
        Assert.Equal(3.0, decoded.Rows("exemplars")["Value"].GetFloat64(0));
        Assert.Equal(1, decoded.Rows("metric_series")["Temporality"].GetInt64(2));
    }

    [Fact]
    public void Transcode_Span_DecodesIdsEventsLinksAndStatus()
    {
        ResultBlock row = Decode(OtlpSignal.Traces, """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"",
              "name":"I'm a server span","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","kind":2,
              "status":{"code":2,"message":"no"},"events":[{"timeUnixNano":"5","name":"e"}],"links":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174"}]}]}]}]}
            """).Rows("spans");

        Assert.Equal(1_000_000_000, row["DurationNs"].GetInt64(0));
        Assert.Equal(2, row["Kind"].GetInt64(0));
        Assert.Equal("no", row["StatusMessage"].GetString(0));
        Assert.Equal(["e"], row.Array("Events.Name"));
        Assert.Single(row.Array("Links.TraceId"));
    }

    [Fact]
    public void Transcode_UnknownNamesNullsAndSnakeCase_AreUnderstood()
    {
        ResultBlock row = Decode(OtlpSignal.Logs, """
            {"future":{"a":[1,{"b":null}]},"resource_logs":[{"resource":null,"scope_logs":[{"log_records":[
              {"time_unix_nano":7,"body":{"string_value":"caf\u00e9 \"q\" \ud83c\udf89"},"severityText":null,"unknown":[[]]}]}]}]}
            """).Rows("logs");

        Assert.Equal(7, row["Timestamp"].GetInt64(0));
        Assert.Equal("café \"q\" 🎉", row["Body"].GetString(0));
    }

    [Theory]
    [InlineData("\"AAH/\"", "AAH/")]
    [InlineData("\"AAH_\"", "AAH/")]
    [InlineData("\"AAE=\"", "AAE=")]
    [InlineData("\"AAE\"", "AAE=")]
    [InlineData("\"\"", "")]
    public void Transcode_Bytes_TakesBothAlphabetsWithAndWithoutPadding(string json, string base64) =>
        Assert.Equal(base64, Log($"\"body\":{{\"bytesValue\":{json}}}")["Body"].GetString(0));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("5.0", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("\"-9223372036854775808\"", long.MinValue)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Transcode_Int64_TakesNumbersAndStrings(string json, long expected) =>
        Assert.Equal(expected, Log($"\"attributes\":[{{\"key\":\"k\",\"value\":{{\"intValue\":{json}}}}}]").Json("Attributes")["k"]);

    [Theory]
    [InlineData("\"timeUnixNano\":true", "resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano, at byte 62, must be an unsigned 64-bit integer")]
    [InlineData("\"timeUnixNano\":\"-1\"", "must be an unsigned 64-bit integer")]
    [InlineData("\"timeUnixNano\":\"18446744073709551616\"", "must be an unsigned 64-bit integer")]
    [InlineData("\"timeUnixNano\":1.5", "must be an unsigned 64-bit integer")]
    [InlineData("\"flags\":4294967296", "must be an unsigned 32-bit integer")]
    [InlineData("\"traceId\":\"xyz\"", "must be an id as a string of hexadecimal digits")]
    [InlineData("\"traceId\":\"abc\"", "must be an id as a string of hexadecimal digits")]
    [InlineData("\"body\":\"text\"", "logRecords[0].body, at byte 54, must be an object")]
    [InlineData("\"body\":{\"stringValue\":5}", "body.stringValue, at byte 69, must be a string")]
    [InlineData("\"body\":{\"boolValue\":\"true\"}", "must be true or false")]
    [InlineData("\"body\":{\"bytesValue\":\"!\"}", "must be bytes as a base64 string")]
    [InlineData("\"body\":{\"stringValue\":\"\\ud800\"}", "must be text whose")]
    [InlineData("\"attributes\":{}", "must be an array")]
    [InlineData("\"severityNumber\":\"LOUD\"", "SEVERITY_NUMBER_FATAL4")]
    [InlineData("\"body\":", "is not valid JSON in line 1")]
    public void Transcode_WrongValue_NamesThePathAndThePosition(string record, string expected)
    {
        var e = Assert.Throws<IngestException>(() => Log(record));

        Assert.Equal(IngestError.Malformed, e.Failure.Error);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"resourceLogs\":[null]}")]
    public void Transcode_NotADocument_IsMalformed(string json) =>
        Assert.Equal(IngestError.Malformed, Assert.Throws<IngestException>(() => Decode(OtlpSignal.Logs, json)).Failure.Error);

    [Fact]
    public void Transcode_EveryPrefixOfADocument_IsMalformed()
    {
        const string json = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"h\u00e9"},"flags":1}]}]}]}""";
        for (int length = 0; length < json.Length; length++)
        {
            Assert.Throws<IngestException>(() => Decode(OtlpSignal.Logs, json[..length]));
        }
    }

    [Fact]
    public void Transcode_NestingAsDeepAsAllowed_IsAccepted()
    {
        string value = "{\"intValue\":1}";
        for (int depth = 0; depth < AttributeValidator.MaxDepth; depth++)
        {
            value = "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":" + value + "}]}}";
        }

        Assert.Single(Log($"\"body\":{value}").Json("BodyFields"));
    }

    [Fact]
    public void Transcode_RequestOfAnotherSignal_SaysWhereItBelongs()
    {
        AssertMisdirected(OtlpSignal.Logs, "{\"resourceSpans\":[{}]}", "The request holds traces and was sent as logs: send it to /v1/traces.");
        AssertMisdirected(OtlpSignal.Traces, "{\"resource_metrics\":[{}]}", "The request holds metrics and was sent as traces: send it to /v1/metrics.");
        AssertMisdirected(
            OtlpSignal.Metrics, "{\"x\":1,\"resourceLogs\":[{}]}", "The request holds logs and was sent as metrics: send it to /v1/logs.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"resourceSpans\":[],\"resourceMetrics\":null,\"other\":[{}]}")]
    [InlineData("{\"resourceSpans\":[{}],\"resourceLogs\":[]}")]
    public void Transcode_MembersOfOtherSignalsBesideOwnOrEmpty_ArePassedOver(string json) =>
        Assert.Equal(0, Decode(OtlpSignal.Logs, json).Rows("logs").RowCount);

    private static void AssertMisdirected(OtlpSignal signal, string json, string message) =>
        Assert.Equal(message, Assert.Throws<IngestException>(() => Decode(signal, json)).Message);

    private static ResultBlock Log(string fields) =>
        Decode(OtlpSignal.Logs, "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{" + fields + "}]}]}]}").Rows("logs");

    private static Decoded Decode(OtlpSignal signal, string json)
    {
        using var protobuf = new PooledBuffer(new BudgetShare(new IngestBudget(2 * (1 << 24))), 1 << 20);
        OtlpJsonTranscoder.Transcode(signal, Encoding.UTF8.GetBytes(json), protobuf);
        return new Decoded(signal).Add(protobuf.Span.ToArray());
    }
}
