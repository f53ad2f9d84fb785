using System.Globalization;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>Reads back, through the API, what a run sent.</summary>
internal static class StoredTelemetry
{
    public static async Task<List<SentLog>> LogsAsync(ObserveProcess observe, string run) =>
        [.. (await observe.SearchAsync($"logs test.run={run}")).Select(row => Log(name => row[name]))];

    public static async Task<List<SentSpan>> SpansAsync(ObserveProcess observe, string run) =>
        [.. (await observe.SearchAsync($"spans test.run={run}")).Select(row => Span(name => row[name]))];

    public static async Task<(List<SentSpan> Spans, List<SentLog> Logs)> TraceAsync(ObserveProcess observe, string traceId)
    {
        JsonElement trace = await observe.GetJsonAsync($"/api/v1/traces/{traceId}");
        return (
            [.. trace.GetProperty("spans").EnumerateArray().Select(span => Span(name => span.GetProperty(name)))],
            [.. trace.GetProperty("logs").EnumerateArray().Select(log => Log(name => log.GetProperty(name)))]);
    }

    private static SentLog Log(Func<string, JsonElement> field) => new(
        Time(field("timestamp")),
        Time(field("observed_timestamp")),
        Text(field("trace_id")),
        Text(field("span_id")),
        field("flags").GetUInt32(),
        field("severity_number").GetInt32(),
        Text(field("severity_text")),
        Text(field("event.name")),
        StoredValue.Read(field("body")),
        StoredValue.ReadMap(field("attributes")),
        Origin(field));

    private static SentSpan Span(Func<string, JsonElement> field)
    {
        long start = Time(field("timestamp"));
        return new SentSpan(
            Text(field("trace_id")),
            Text(field("span_id")),
            Text(field("parent_span_id")),
            Text(field("trace_state")),
            field("flags").GetUInt32(),
            Text(field("name")),
            Text(field("kind")),
            start,
            start + field("duration").GetInt64(),
            Text(field("status")),
            Text(field("status_message")),
            StoredValue.ReadMap(field("attributes")),
            [.. field("events").EnumerateArray().Select(e =>
                new SentEvent(Time(e.GetProperty("timestamp")), Text(e.GetProperty("name")), StoredValue.ReadMap(e.GetProperty("attributes"))))],
            [.. field("links").EnumerateArray().Select(link => new SentLink(
                Text(link.GetProperty("trace_id")),
                Text(link.GetProperty("span_id")),
                Text(link.GetProperty("trace_state")),
                StoredValue.ReadMap(link.GetProperty("attributes"))))],
            Origin(field));
    }

    private static SentOrigin Origin(Func<string, JsonElement> field) =>
        new(StoredValue.ReadMap(field("resource")), Text(field("scope.name")), Text(field("scope.version")));

    private static string Text(JsonElement value) => value.GetString()!;

    /// <summary>Unix nanoseconds from RFC 3339 with up to nine digits of a second.</summary>
    private static long Time(JsonElement value)
    {
        string text = Text(value);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string whole = dot < 0 ? text : text[..dot] + "Z";
        string fraction = dot < 0 ? "" : text[(dot + 1)..].TrimEnd('Z');
        var seconds = DateTimeOffset.Parse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (seconds.ToUnixTimeSeconds() * 1_000_000_000) + long.Parse(fraction.PadRight(9, '0'), CultureInfo.InvariantCulture);
    }
}
