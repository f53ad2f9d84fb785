using System.Text.Json;

namespace Observe.Query.Search;

/// <summary>Reads values that are kept as JSON text: bodies that are maps or lists, and the attributes of events and links.</summary>
internal static class JsonText
{
    private static readonly IReadOnlyDictionary<string, object?> Empty = new Dictionary<string, object?>();

    /// <summary>A string, long, double, bool, null, array or dictionary; numbers with a point or an exponent are doubles.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static object? Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return Value(document.RootElement);
    }

    /// <summary>An object's members; none for an empty text.</summary>
    public static IReadOnlyDictionary<string, object?> ParseAttributes(string json) =>
        json.Length <= 2 ? Empty : Parse(json) as IReadOnlyDictionary<string, object?> ?? Empty;

    private static object? Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                // Boxed apart: as the branches of one conditional the integer would become a double.
                return element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && element.TryGetInt64(out long integer)
                    ? (object)integer
                    : element.GetDouble();
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(Value).ToArray();
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    members[member.Name] = Value(member.Value);
                }

                return members;
            default:
                return null;
        }
    }
}
