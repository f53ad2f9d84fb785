using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Observe.Ui.Records;

/// <summary>Values as a page shows and copies them.</summary>
public static class FieldText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, WriteIndented = true };

    /// <summary>A string as it is; numbers without culture; lists and maps as JSON, on several lines when long.</summary>
    public static string Format(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => Json(value),
        _ => value.ToString() ?? "",
    };

    /// <summary>The name of the value's type: <c>string</c>, <c>int</c>, <c>double</c>, <c>bool</c>, <c>array</c>, <c>map</c> or <c>null</c>.</summary>
    public static string TypeOf(object? value) => value switch
    {
        null => "null",
        string => "string",
        bool => "bool",
        double or float => "double",
        IFormattable => "int",
        IReadOnlyDictionary<string, object?> or IDictionary => "map",
        IEnumerable => "array",
        _ => "other",
    };

    private static string Json(object value)
    {
        string line = JsonSerializer.Serialize(value, Compact);
        return line.Length <= 80 ? line : JsonSerializer.Serialize(value, Indented);
    }
}
