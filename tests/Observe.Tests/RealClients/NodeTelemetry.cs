using System.Globalization;
using System.Text.Json;

namespace Observe.Tests.RealClients;

/// <summary>Reads the JSON that send.mjs prints: every value is an object with its type as its one name.</summary>
internal static class NodeTelemetry
{
    /// <summary>How many of each one run sends; what the script says must be as many, or the test compared too little.</summary>
    public const int Logs = 6;

    public const int Spans = 2;

    public const int Points = 8;

    public static SentTelemetry Read(JsonElement sent) => new(
        [.. sent.GetProperty("logs").EnumerateArray().Select(Log)],
        [.. sent.GetProperty("spans").EnumerateArray().Select(Span)],
        [.. sent.GetProperty("metrics").EnumerateArray().Select(Metric)]);

    private static SentLog Log(JsonElement log) => new(
        Long(log, "timestamp"),
        Long(log, "observedTimestamp"),
        Text(log, "traceId"),
        Text(log, "spanId"),
        log.GetProperty("flags").GetUInt32(),
        log.GetProperty("severityNumber").GetInt32(),
        Text(log, "severityText"),
        Text(log, "eventName"),
        Value(log.GetProperty("body")),
        Attributes(log),
        Origin(log));

    private static SentSpan Span(JsonElement span) => new(
        Text(span, "traceId"),
        Text(span, "spanId"),
        Text(span, "parentSpanId"),
        Text(span, "traceState"),
        span.GetProperty("flags").GetUInt32(),
        Text(span, "name"),
        Text(span, "kind"),
        Long(span, "start"),
        Long(span, "end"),
        Text(span, "status"),
        Text(span, "statusMessage"),
        Attributes(span),
        [.. span.GetProperty("events").EnumerateArray().Select(e => new SentEvent(Long(e, "timestamp"), Text(e, "name"), Attributes(e)))],
        [.. span.GetProperty("links").EnumerateArray().Select(l =>
            new SentLink(Text(l, "traceId"), Text(l, "spanId"), Text(l, "traceState"), Attributes(l)))],
        Origin(span));

    private static SentMetric Metric(JsonElement point) => new(
        Text(point, "name"),
        Text(point, "unit"),
        Text(point, "description"),
        Text(point, "type"),
        Text(point, "temporality"),
        point.GetProperty("isMonotonic").GetBoolean(),
        Long(point, "start") / 1_000_000,
        Long(point, "timestamp") / 1_000_000,
        point.TryGetProperty("value", out JsonElement value) ? Value(value) : null,
        point.TryGetProperty("histogram", out JsonElement histogram) ? Histogram(histogram) : [],
        [],
        Attributes(point),
        Origin(point));

    private static Dictionary<string, object?> Histogram(JsonElement histogram)
    {
        var figures = new Dictionary<string, object?>();
        foreach (JsonProperty figure in histogram.EnumerateObject())
        {
            switch (figure.Name)
            {
                case "sum" or "min" or "max":
                    figures.Add(figure.Name, figure.Value.GetDouble());
                    break;
                case "bounds":
                    figures.Add(figure.Name, figure.Value.EnumerateArray().Select(bound => (object)bound.GetDouble()).ToArray());
                    break;
                case "counts":
                    figures.Add(figure.Name, Longs(figure.Value));
                    break;
                case "positive" or "negative":
                    figures.Add(figure.Name + "Offset", figure.Value.GetProperty("offset").GetInt64());
                    figures.Add(figure.Name + "Counts", Longs(figure.Value.GetProperty("counts")));
                    break;
                default:
                    figures.Add(figure.Name, figure.Value.GetInt64());
                    break;
            }
        }

        return figures;
    }

    private static SentOrigin Origin(JsonElement item) => new(
        FlatNames.Of(Map(item.GetProperty("resource"))), Text(item.GetProperty("scope"), "name"), Text(item.GetProperty("scope"), "version"));

    private static Dictionary<string, object?> Attributes(JsonElement item) => FlatNames.Of(Map(item.GetProperty("attributes")));

    private static Dictionary<string, object?> Map(JsonElement map) => map.EnumerateObject().ToDictionary(pair => pair.Name, pair => Value(pair.Value));

    private static object? Value(JsonElement typed)
    {
        JsonProperty value = typed.EnumerateObject().Single();
        return value.Name switch
        {
            "none" => null,
            "string" or "bytes" => value.Value.GetString(),
            "bool" => value.Value.GetBoolean(),
            "int" => long.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture),
            "double" => value.Value.GetDouble(),
            "array" => value.Value.EnumerateArray().Select(Value).ToArray(),
            "map" => Map(value.Value),
            _ => throw new FormatException($"send.mjs printed a value of an unknown type {value.Name}."),
        };
    }

    private static object?[] Longs(JsonElement list) => [.. list.EnumerateArray().Select(item => (object)item.GetInt64())];

    private static long Long(JsonElement item, string name) => long.Parse(Text(item, name), CultureInfo.InvariantCulture);

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
