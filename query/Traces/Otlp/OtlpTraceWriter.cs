using System.Globalization;
using System.Text.Json;
using Observe.Query.Search;

namespace Observe.Query.Traces.Otlp;

/// <summary>Writes spans as OTLP's TracesData in JSON, which every OTLP receiver takes.</summary>
/// <remarks>
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and
/// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto:
/// ids are hexadecimal, 64-bit integers are text, enumerations are numbers, fields with their default value are left out.
/// <code>
/// { resourceSpans: [ { resource, schemaUrl, scopeSpans: [ { scope, schemaUrl, spans: [ … ] } ] } ] }
/// </code>
/// </remarks>
internal static class OtlpTraceWriter
{
    /// <param name="afterSpan">Called after each span, so that what is written can be sent.</param>
    public static async Task WriteAsync(Utf8JsonWriter writer, IReadOnlyList<SpanRecord> spans, Func<ValueTask> afterSpan)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("resourceSpans");

        // Records of one answer share the dictionaries of their resource and scope. The service keeps apart those whose resource is not stored yet.
        foreach (IGrouping<(string, IReadOnlyDictionary<string, object?>), SpanRecord> resource in
            spans.GroupBy(span => (span.ServiceName, span.ResourceAttributes)))
        {
            writer.WriteStartObject();
            WriteResource(writer, resource.First());
            writer.WriteStartArray("scopeSpans");
            foreach (IGrouping<(string, string, IReadOnlyDictionary<string, object?>), SpanRecord> scope in
                resource.GroupBy(span => (span.ScopeName, span.ScopeVersion, span.ScopeAttributes)))
            {
                writer.WriteStartObject();
                WriteScope(writer, scope.First());
                writer.WriteStartArray("spans");
                foreach (SpanRecord span in scope)
                {
                    WriteSpan(writer, span);
                    await afterSpan();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, SpanRecord span)
    {
        IReadOnlyDictionary<string, object?> attributes = span.ResourceAttributes.Count > 0 || span.ServiceName.Length == 0
            ? span.ResourceAttributes
            : new Dictionary<string, object?> { ["service.name"] = span.ServiceName };
        writer.WriteStartObject("resource");
        OtlpValueWriter.WriteAttributes(writer, "attributes", attributes);
        WriteCount(writer, "droppedAttributesCount", span.ResourceDroppedAttributesCount);
        writer.WriteEndObject();
        WriteText(writer, "schemaUrl", span.ResourceSchemaUrl);
    }

    private static void WriteScope(Utf8JsonWriter writer, SpanRecord span)
    {
        writer.WriteStartObject("scope");
        WriteText(writer, "name", span.ScopeName);
        WriteText(writer, "version", span.ScopeVersion);
        OtlpValueWriter.WriteAttributes(writer, "attributes", span.ScopeAttributes);
        WriteCount(writer, "droppedAttributesCount", span.ScopeDroppedAttributesCount);
        writer.WriteEndObject();
        WriteText(writer, "schemaUrl", span.ScopeSchemaUrl);
    }

    private static void WriteSpan(Utf8JsonWriter writer, SpanRecord span)
    {
        writer.WriteStartObject();
        writer.WriteString("traceId", span.TraceId);
        writer.WriteString("spanId", span.SpanId);
        WriteText(writer, "traceState", span.TraceState);
        WriteText(writer, "parentSpanId", span.ParentSpanId);
        WriteCount(writer, "flags", span.Flags);
        writer.WriteString("name", span.Name);
        WriteCount(writer, "kind", (uint)span.Kind);
        WriteTime(writer, "startTimeUnixNano", span.Timestamp);
        WriteTime(writer, "endTimeUnixNano", span.Timestamp + span.DurationNs);
        OtlpValueWriter.WriteAttributes(writer, "attributes", span.Attributes);
        WriteCount(writer, "droppedAttributesCount", span.DroppedAttributesCount);
        WriteEvents(writer, span.Events);
        WriteCount(writer, "droppedEventsCount", span.DroppedEventsCount);
        WriteLinks(writer, span.Links);
        WriteCount(writer, "droppedLinksCount", span.DroppedLinksCount);
        writer.WriteStartObject("status");
        WriteText(writer, "message", span.StatusMessage);
        WriteCount(writer, "code", (uint)span.Status);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, IReadOnlyList<SpanEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("events");
        foreach (SpanEvent each in events)
        {
            writer.WriteStartObject();
            WriteTime(writer, "timeUnixNano", each.Timestamp);
            WriteText(writer, "name", each.Name);
            OtlpValueWriter.WriteAttributes(writer, "attributes", each.Attributes);
            WriteCount(writer, "droppedAttributesCount", each.DroppedAttributesCount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter writer, IReadOnlyList<SpanLink> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("links");
        foreach (SpanLink link in links)
        {
            writer.WriteStartObject();
            WriteText(writer, "traceId", link.TraceId);
            WriteText(writer, "spanId", link.SpanId);
            WriteText(writer, "traceState", link.TraceState);
            OtlpValueWriter.WriteAttributes(writer, "attributes", link.Attributes);
            WriteCount(writer, "droppedAttributesCount", link.DroppedAttributesCount);
            WriteCount(writer, "flags", link.Flags);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, long unixNanoseconds) =>
        writer.WriteString(name, unixNanoseconds.ToString(CultureInfo.InvariantCulture));

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, uint value)
    {
        if (value > 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}
