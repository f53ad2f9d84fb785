using System.Globalization;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Reads a value from its text and the word or the engine's name for its type.</summary>
internal static class ValueReader
{
    public static (object? Value, string Type) Read(string type, string text) => type switch
    {
        "int" or "Int64" => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? integer : text, "int"),
        "duration" => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanoseconds) ? nanoseconds : text, "duration"),
        "double" or "Float64" => (Double(text), "double"),
        "bool" or "Bool" => (text == "true", "bool"),
        "time" => (Rfc3339.Format(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)), "time"),
        "null" or "None" or "Tuple()" => (null, "null"),
        "map" or "JSON" => (text, "map"),
        _ => (text, type.StartsWith("Array(", StringComparison.Ordinal) ? "array" : "string"),
    };

    private static double Double(string text) => text switch
    {
        "nan" or "-nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
