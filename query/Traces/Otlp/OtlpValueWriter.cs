using System.Globalization;
using System.Text.Json;

namespace Observe.Query.Traces.Otlp;

/// <summary>Writes attributes as OTLP's KeyValue and AnyValue in JSON.</summary>
/// <remarks>
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
/// What storage does not tell apart any more comes as it is stored: the leaves of a map under their dotted names, bytes as the text of their base64.
/// </remarks>
internal static class OtlpValueWriter
{
    public static void WriteAttributes(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, object?> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        writer.WritePropertyName(name);
        WriteKeyValues(writer, attributes);
    }

    private static void WriteKeyValues(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> members)
    {
        writer.WriteStartArray();
        foreach ((string key, object? value) in members)
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WritePropertyName("value");
            WriteValue(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case null:
                break;
            case string text:
                writer.WriteString("stringValue", text);
                break;
            case bool flag:
                writer.WriteBoolean("boolValue", flag);
                break;
            case long integer:
                writer.WriteString("intValue", integer.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber("doubleValue", number);
                break;
            case double number:
                writer.WriteString("doubleValue", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case IReadOnlyDictionary<string, object?> members:
                writer.WriteStartObject("kvlistValue");
                writer.WritePropertyName("values");
                WriteKeyValues(writer, members);
                writer.WriteEndObject();
                break;
            case object?[] elements:
                writer.WriteStartObject("arrayValue");
                writer.WriteStartArray("values");
                foreach (object? element in elements)
                {
                    WriteValue(writer, element);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"An attribute is a {value.GetType().Name}, which OTLP has no value for.");
        }

        writer.WriteEndObject();
    }
}
