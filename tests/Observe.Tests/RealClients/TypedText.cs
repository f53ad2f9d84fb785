using System.Collections;
using System.Globalization;
using System.Text;

namespace Observe.Tests.RealClients;

/// <summary>Writes a record with the type of every value, so that two of them compare as text and a failure shows what differs.</summary>
public static class TypedText
{
    public static string Of(SentLog log) => Of(
        ("timestamp", log.Timestamp), ("observed", log.ObservedTimestamp), ("trace", log.TraceId), ("span", log.SpanId), ("flags", (long)log.Flags),
        ("severity", (long)log.SeverityNumber), ("severityText", log.SeverityText), ("eventName", log.EventName), ("body", log.Body),
        ("attributes", log.Attributes), ("origin", Of(log.Origin)));

    public static string Of(SentSpan span) => Of(
        ("trace", span.TraceId), ("span", span.SpanId), ("parent", span.ParentSpanId), ("traceState", span.TraceState), ("flags", (long)span.Flags),
        ("name", span.Name), ("kind", span.Kind), ("start", span.Start), ("end", span.End), ("status", span.Status), ("message", span.StatusMessage),
        ("attributes", span.Attributes),
        ("events", span.Events.Select(e => Map(("timestamp", e.Timestamp), ("name", e.Name), ("attributes", e.Attributes))).ToArray<object?>()),
        ("links", span.Links.Select(l => Map(("trace", l.TraceId), ("span", l.SpanId), ("state", l.TraceState), ("attributes", l.Attributes))).ToArray<object?>()),
        ("origin", Of(span.Origin)));

    public static string Of(SentMetric metric) => Of(
        ("name", metric.Name), ("unit", metric.Unit), ("description", metric.Description), ("type", metric.Type),
        ("temporality", metric.Temporality), ("monotonic", metric.IsMonotonic), ("start", metric.Start), ("timestamp", metric.Timestamp),
        ("value", metric.Value), ("histogram", metric.Histogram),
        ("exemplars", metric.Exemplars.Select(e => new[] { e.Value, e.TraceId, e.SpanId }).ToArray<object?>()),
        ("attributes", metric.Attributes), ("origin", Of(metric.Origin)));

    private static Dictionary<string, object?> Of(SentOrigin origin) =>
        Map(("resource", origin.Resource), ("scope", origin.ScopeName), ("version", origin.ScopeVersion));

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] values) => values.ToDictionary(x => x.Name, x => x.Value);

    private static string Of(params (string Name, object? Value)[] values)
    {
        var text = new StringBuilder();
        foreach ((string name, object? value) in values)
        {
            text.Append(name).Append(": ");
            Write(text, value);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string s:
                text.Append('"').Append(s).Append('"');
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case long number:
                text.Append("int ").Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append("double ").Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IReadOnlyDictionary<string, object?> map:
                text.Append('{');
                foreach ((string key, object? item) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append("\n    ").Append(key).Append(": ");
                    Write(text, item);
                }

                text.Append('}');
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (object? item in list)
                {
                    Write(text, item);
                    text.Append(", ");
                }

                text.Append(']');
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType()} is none that OTLP has.");
        }
    }
}
