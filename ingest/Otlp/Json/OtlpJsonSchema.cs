using Kind = Observe.Ingest.Otlp.Json.JsonFieldKind;

namespace Observe.Ingest.Otlp.Json;

/// <summary>The messages of OTLP as the transcoder needs them: names, numbers and types, as in the .proto files.</summary>
/// <remarks>
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto"/>. A field that is not here is ignored,
/// as the specification asks; so are, on purpose, fields in development (entity references) and those of profiles (string table indexes).
/// </remarks>
internal static class OtlpJsonSchema
{
    private static readonly JsonMessage KeyValue = new(
        new("key", 1, Kind.String),
        Message("value", 2, () => AnyValue!));

    private static readonly JsonMessage KeyValueList = new(
        Messages("values", 1, () => KeyValue));

    private static readonly JsonMessage ArrayValue = new(
        Messages("values", 1, () => AnyValue!));

    private static readonly JsonMessage AnyValue = new(
        new("stringValue", 1, Kind.String),
        new("boolValue", 2, Kind.Bool),
        new("intValue", 3, Kind.Int64),
        new("doubleValue", 4, Kind.Double),
        Message("arrayValue", 5, () => ArrayValue),
        Message("kvlistValue", 6, () => KeyValueList),
        new("bytesValue", 7, Kind.Bytes));

    private static readonly JsonMessage Resource = new(
        Messages("attributes", 1, () => KeyValue),
        new("droppedAttributesCount", 2, Kind.UInt32));

    private static readonly JsonMessage InstrumentationScope = new(
        new("name", 1, Kind.String),
        new("version", 2, Kind.String),
        Messages("attributes", 3, () => KeyValue),
        new("droppedAttributesCount", 4, Kind.UInt32));

    private static readonly JsonMessage LogRecord = new(
        new("timeUnixNano", 1, Kind.Fixed64),
        Enumeration("severityNumber", 2, OtlpJsonEnums.SeverityNumber),
        new("severityText", 3, Kind.String),
        Message("body", 5, () => AnyValue!),
        Messages("attributes", 6, () => KeyValue),
        new("droppedAttributesCount", 7, Kind.UInt32),
        new("flags", 8, Kind.Fixed32),
        new("traceId", 9, Kind.HexId),
        new("spanId", 10, Kind.HexId),
        new("observedTimeUnixNano", 11, Kind.Fixed64),
        new("eventName", 12, Kind.String));

    private static readonly JsonMessage ScopeLogs = new(
        Message("scope", 1, () => InstrumentationScope),
        Messages("logRecords", 2, () => LogRecord),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage ResourceLogs = new(
        Message("resource", 1, () => Resource),
        Messages("scopeLogs", 2, () => ScopeLogs),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage LogsRequest = new(
        Messages("resourceLogs", 1, () => ResourceLogs));

    private static readonly JsonMessage SpanEvent = new(
        new("timeUnixNano", 1, Kind.Fixed64),
        new("name", 2, Kind.String),
        Messages("attributes", 3, () => KeyValue),
        new("droppedAttributesCount", 4, Kind.UInt32));

    private static readonly JsonMessage SpanLink = new(
        new("traceId", 1, Kind.HexId),
        new("spanId", 2, Kind.HexId),
        new("traceState", 3, Kind.String),
        Messages("attributes", 4, () => KeyValue),
        new("droppedAttributesCount", 5, Kind.UInt32),
        new("flags", 6, Kind.Fixed32));

    private static readonly JsonMessage SpanStatus = new(
        new("message", 2, Kind.String),
        Enumeration("code", 3, OtlpJsonEnums.StatusCode));

    private static readonly JsonMessage Span = new(
        new("traceId", 1, Kind.HexId),
        new("spanId", 2, Kind.HexId),
        new("traceState", 3, Kind.String),
        new("parentSpanId", 4, Kind.HexId),
        new("name", 5, Kind.String),
        Enumeration("kind", 6, OtlpJsonEnums.SpanKind),
        new("startTimeUnixNano", 7, Kind.Fixed64),
        new("endTimeUnixNano", 8, Kind.Fixed64),
        Messages("attributes", 9, () => KeyValue),
        new("droppedAttributesCount", 10, Kind.UInt32),
        Messages("events", 11, () => SpanEvent),
        new("droppedEventsCount", 12, Kind.UInt32),
        Messages("links", 13, () => SpanLink),
        new("droppedLinksCount", 14, Kind.UInt32),
        Message("status", 15, () => SpanStatus),
        new("flags", 16, Kind.Fixed32));

    private static readonly JsonMessage ScopeSpans = new(
        Message("scope", 1, () => InstrumentationScope),
        Messages("spans", 2, () => Span),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage ResourceSpans = new(
        Message("resource", 1, () => Resource),
        Messages("scopeSpans", 2, () => ScopeSpans),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage TracesRequest = new(
        Messages("resourceSpans", 1, () => ResourceSpans));

    private static readonly JsonMessage Exemplar = new(
        new("timeUnixNano", 2, Kind.Fixed64),
        new("asDouble", 3, Kind.Double),
        new("spanId", 4, Kind.HexId),
        new("traceId", 5, Kind.HexId),
        new("asInt", 6, Kind.SFixed64),
        Messages("filteredAttributes", 7, () => KeyValue));

    private static readonly JsonMessage NumberDataPoint = new(
        new("startTimeUnixNano", 2, Kind.Fixed64),
        new("timeUnixNano", 3, Kind.Fixed64),
        new("asDouble", 4, Kind.Double),
        Messages("exemplars", 5, () => Exemplar),
        new("asInt", 6, Kind.SFixed64),
        Messages("attributes", 7, () => KeyValue),
        new("flags", 8, Kind.UInt32));

    private static readonly JsonMessage HistogramDataPoint = new(
        new("startTimeUnixNano", 2, Kind.Fixed64),
        new("timeUnixNano", 3, Kind.Fixed64),
        new("count", 4, Kind.Fixed64),
        new("sum", 5, Kind.Double),
        Numbers("bucketCounts", 6, Kind.Fixed64),
        Numbers("explicitBounds", 7, Kind.Double),
        Messages("exemplars", 8, () => Exemplar),
        Messages("attributes", 9, () => KeyValue),
        new("flags", 10, Kind.UInt32),
        new("min", 11, Kind.Double),
        new("max", 12, Kind.Double));

    private static readonly JsonMessage Buckets = new(
        new("offset", 1, Kind.SInt32),
        Numbers("bucketCounts", 2, Kind.UInt64));

    private static readonly JsonMessage ExponentialHistogramDataPoint = new(
        Messages("attributes", 1, () => KeyValue),
        new("startTimeUnixNano", 2, Kind.Fixed64),
        new("timeUnixNano", 3, Kind.Fixed64),
        new("count", 4, Kind.Fixed64),
        new("sum", 5, Kind.Double),
        new("scale", 6, Kind.SInt32),
        new("zeroCount", 7, Kind.Fixed64),
        Message("positive", 8, () => Buckets),
        Message("negative", 9, () => Buckets),
        new("flags", 10, Kind.UInt32),
        Messages("exemplars", 11, () => Exemplar),
        new("min", 12, Kind.Double),
        new("max", 13, Kind.Double),
        new("zeroThreshold", 14, Kind.Double));

    private static readonly JsonMessage ValueAtQuantile = new(
        new("quantile", 1, Kind.Double),
        new("value", 2, Kind.Double));

    private static readonly JsonMessage SummaryDataPoint = new(
        new("startTimeUnixNano", 2, Kind.Fixed64),
        new("timeUnixNano", 3, Kind.Fixed64),
        new("count", 4, Kind.Fixed64),
        new("sum", 5, Kind.Double),
        Messages("quantileValues", 6, () => ValueAtQuantile),
        Messages("attributes", 7, () => KeyValue),
        new("flags", 8, Kind.UInt32));

    private static readonly JsonMessage Gauge = new(
        Messages("dataPoints", 1, () => NumberDataPoint));

    private static readonly JsonMessage Sum = new(
        Messages("dataPoints", 1, () => NumberDataPoint),
        Enumeration("aggregationTemporality", 2, OtlpJsonEnums.AggregationTemporality),
        new("isMonotonic", 3, Kind.Bool));

    private static readonly JsonMessage Histogram = new(
        Messages("dataPoints", 1, () => HistogramDataPoint),
        Enumeration("aggregationTemporality", 2, OtlpJsonEnums.AggregationTemporality));

    private static readonly JsonMessage ExponentialHistogram = new(
        Messages("dataPoints", 1, () => ExponentialHistogramDataPoint),
        Enumeration("aggregationTemporality", 2, OtlpJsonEnums.AggregationTemporality));

    private static readonly JsonMessage Summary = new(
        Messages("dataPoints", 1, () => SummaryDataPoint));

    private static readonly JsonMessage Metric = new(
        new("name", 1, Kind.String),
        new("description", 2, Kind.String),
        new("unit", 3, Kind.String),
        Message("gauge", 5, () => Gauge),
        Message("sum", 7, () => Sum),
        Message("histogram", 9, () => Histogram),
        Message("exponentialHistogram", 10, () => ExponentialHistogram),
        Message("summary", 11, () => Summary),
        Messages("metadata", 12, () => KeyValue));

    private static readonly JsonMessage ScopeMetrics = new(
        Message("scope", 1, () => InstrumentationScope),
        Messages("metrics", 2, () => Metric),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage ResourceMetrics = new(
        Message("resource", 1, () => Resource),
        Messages("scopeMetrics", 2, () => ScopeMetrics),
        new("schemaUrl", 3, Kind.String));

    private static readonly JsonMessage MetricsRequest = new(
        Messages("resourceMetrics", 1, () => ResourceMetrics));

    /// <summary>The request of a signal.</summary>
    public static JsonMessage Request(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => LogsRequest,
        OtlpSignal.Metrics => MetricsRequest,
        _ => TracesRequest,
    };

    /// <summary>The signal whose request has a member of this name; null if none has.</summary>
    public static OtlpSignal? SignalOf(ReadOnlySpan<byte> member)
    {
        foreach (OtlpSignal signal in Enum.GetValues<OtlpSignal>())
        {
            if (Request(signal).TryGetField(member, out _))
            {
                return signal;
            }
        }

        return null;
    }

    private static JsonField Message(string name, uint number, Func<JsonMessage> message) =>
        new(name, number, Kind.Message) { Message = message };

    private static JsonField Messages(string name, uint number, Func<JsonMessage> message) =>
        new(name, number, Kind.Message) { Message = message, IsRepeated = true };

    private static JsonField Numbers(string name, uint number, Kind kind) =>
        new(name, number, kind) { IsRepeated = true };

    private static JsonField Enumeration(string name, uint number, IReadOnlyDictionary<string, int> members) =>
        new(name, number, Kind.Enum) { Members = members };
}
