using System.Globalization;
using System.Text.Json;

namespace Observe.Query.Search;

/// <summary>From a body's text and the type it was sent as to its value.</summary>
internal static class LogBody
{
    public static object? Read(string type, string text) => type switch
    {
        "none" => null,
        "bool" => text == "true",
        "int" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? integer : text,
        "double" => Double(text),
        "array" or "map" => Json(text),
        _ => text,
    };

    private static object Double(string text) => text switch
    {
        "NaN" or "nan" => double.NaN,
        "Infinity" or "inf" => double.PositiveInfinity,
        "-Infinity" or "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : text,
    };

    // A text that is not what its type says is still shown, as text.
    private static object? Json(string text)
    {
        try
        {
            return JsonText.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
