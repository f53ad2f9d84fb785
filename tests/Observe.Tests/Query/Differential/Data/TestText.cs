using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Observe.Tests.Query.Differential.Data;

/// <summary>Values as JSON text: what the body of a log record is kept as when it is a map or a list, and how values are shown when a test fails.</summary>
internal static class TestText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text, Relaxed),
        bool flag => flag ? "true" : "false",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => double.IsFinite(number) ? Number(number) : $"\"{Number(number)}\"",
        byte[] bytes => JsonSerializer.Serialize(Convert.ToBase64String(bytes), Relaxed),
        object?[] list => $"[{string.Join(',', list.Select(Of))}]",
        TestMap map => $"{{{string.Join(',', map.Entries.Select(entry => $"{Of(entry.Key)}:{Of(entry.Value)}"))}}}",
        _ => throw new ArgumentException($"No JSON for {value.GetType().Name}."),
    };

    /// <summary>A double in the fewest digits, with a point or an exponent.</summary>
    public static string Number(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return !double.IsFinite(number) || text.Contains('.') || text.Contains('E') ? text : text + ".0";
    }
}
