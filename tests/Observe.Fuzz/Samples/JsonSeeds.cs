using System.Text;
using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Samples;

/// <summary>Valid OTLP/JSON requests.</summary>
internal static class JsonSeeds
{
    private const string Resource = """
        "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}],"droppedAttributesCount":1},"schemaUrl":"https://example.com/r"
        """;

    private const string Scope = """
        "scope":{"name":"my.library","version":"1.0.0","attributes":[{"key":"a","value":{"boolValue":true}}],"droppedAttributesCount":0},"schemaUrl":"s"
        """;

    private static readonly string[] Values =
    [
        """{"stringValue":"text"}""",
        """{"boolValue":false}""",
        """{"intValue":"-9223372036854775808"}""",
        """{"intValue":9007199254740993}""",
        """{"doubleValue":637.704}""",
        """{"doubleValue":"-Infinity"}""",
        """{"bytesValue":"AAH/"}""",
        """{"bytesValue":"AAH_"}""",
        "{}",
        """{"arrayValue":{"values":[{"intValue":1},{"stringValue":"caf\u00e9 \ud83c\udf89"},{},{"arrayValue":{"values":[]}}]}}""",
        """{"kvlistValue":{"values":[{"key":"some.key","value":{"kvlistValue":{"values":[{"key":"er","value":{"intValue":5}}]}}}]}}""",
    ];

    public static IEnumerable<byte[]> Of(OtlpSignal signal) => (signal switch
    {
        OtlpSignal.Logs => Logs(),
        OtlpSignal.Traces => Traces(),
        _ => Metrics(),
    }).Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<string> Logs()
    {
        foreach (string value in Values)
        {
            yield return Log($$"""{"timeUnixNano":"1544712660300000000","body":{{value}},"attributes":[{"key":"k","value":{{value}}}]}""");
        }

        yield return Log("""
            {"timeUnixNano":1544712660300000000,"observedTimeUnixNano":"1","severityNumber":"SEVERITY_NUMBER_INFO2","severityText":"Information",
             "flags":257,"droppedAttributesCount":3,"traceId":"5b8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","eventName":"e\n"}
            """);
        yield return $$"""{"resource_logs":[{{{Resource}},"scope_logs":[{"log_records":[{"time_unix_nano":7,"severity_text":null,"unknown":[[{"a":1}]]},{}]}]}]}""";
    }

    private static IEnumerable<string> Traces()
    {
        foreach (string value in Values)
        {
            yield return Span($$"""
                "attributes":[{"key":"k","value":{{value}}}],"events":[{"timeUnixNano":"5","name":"e","attributes":[{"key":"k","value":{{value}}}],"droppedAttributesCount":1}]
                """);
        }

        yield return Span("""
            "traceState":"a=b","parentSpanId":"","kind":2,"status":{"code":"STATUS_CODE_ERROR","message":"no"},"flags":769,"droppedAttributesCount":1,
            "droppedEventsCount":2,"droppedLinksCount":3,"links":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
            "traceState":"c=d","attributes":[],"droppedAttributesCount":1,"flags":9}]
            """);
    }

    private static IEnumerable<string> Metrics()
    {
        foreach (string value in Values)
        {
            yield return Metric($$"""
                "gauge":{"dataPoints":[{"asInt":"-10","timeUnixNano":"1544712660300000000","flags":1,"attributes":[{"key":"k","value":{{value}}}]}]}
                """);
        }

        yield return Metric("""
            "sum":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA","isMonotonic":true,"dataPoints":[{"asDouble":5e-3,"startTimeUnixNano":1,"exemplars":[
            {"timeUnixNano":"2","asInt":3,"spanId":"EEE19B7EC3C1B174","traceId":"5B8EFFF798038103D269B633813FC60C","filteredAttributes":[]}]}]}
            """);
        yield return Metric("""
            "histogram":{"aggregationTemporality":1,"dataPoints":[{"count":"2","sum":2,"bucketCounts":["1","1"],"explicitBounds":[1],"min":0,"max":2.5}]}
            """);
        yield return Metric("""
            "exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"count":3,"sum":10,"scale":-1,"zeroCount":"1",
            "positive":{"offset":1,"bucketCounts":["0",2]},"negative":{"offset":-1,"bucketCounts":[]},"min":0,"max":1,"zeroThreshold":0.5}]}
            """);
        yield return Metric("""
            "summary":{"dataPoints":[{"count":3,"sum":10,"quantileValues":[{"quantile":0.5,"value":2},{"quantile":1,"value":"NaN"}]}]}
            """);
    }

    private static string Log(string record) => $$"""{"resourceLogs":[{{{Resource}},"scopeLogs":[{{{Scope}},"logRecords":[{{record}}]}]}]}""";

    private static string Span(string fields) => $$"""
        {"resourceSpans":[{{{Resource}},"scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
        "name":"work","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000",{{fields}}}]}]}]}
        """;

    private static string Metric(string data) =>
        $$"""{"resourceMetrics":[{{{Resource}},"scopeMetrics":[{"metrics":[{"name":"m","description":"d","unit":"ms",{{data}},"metadata":[]}]}]}]}""";
}
