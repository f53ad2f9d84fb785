using System.Text.Json;

namespace Observe.Tests.RealClients;

/// <summary>From the API's JSON to values: a number with a point or an exponent is a double, any other an integer.</summary>
internal static class StoredValue
{
    public static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny(".eE") ? value.GetDouble() : (object)value.GetInt64(),
        JsonValueKind.Array => value.EnumerateArray().Select(Read).ToArray(),
        _ => ReadMap(value),
    };

    public static Dictionary<string, object?> ReadMap(JsonElement map) =>
        map.EnumerateObject().ToDictionary(pair => pair.Name, pair => Read(pair.Value));
}
