using System.Text;
using System.Text.Json;
using Observe.Ingest.Otlp.Decoding;

namespace Observe.Ingest.Cardinality;

/// <summary>Labels as the engine has them, by the keys and hashes that <see cref="SentLabels"/> and <see cref="LabelHash"/> give to what was sent.</summary>
internal static class StoredLabels
{
    private static readonly byte[] Overflow = AttributeDecoder.OverflowPath.ToArray();

    /// <param name="row">A row of labels, as a result of the engine has it.</param>
    public static IEnumerable<(byte[] Key, ulong Hash)> Of(IEnumerable<KeyValuePair<string, object?>> row)
    {
        foreach ((string path, object? value) in row)
        {
            byte[] key = KeyOf(path);
            switch (value)
            {
                case string text when key.AsSpan().SequenceEqual(Overflow):
                    foreach ((byte[], ulong) label in OfOverflow(text))
                    {
                        yield return label;
                    }

                    break;
                case string text:
                    yield return (key, LabelHash.Of(text));
                    break;
                case bool flag:
                    yield return (key, LabelHash.Of(flag));
                    break;
                case long number:
                    yield return (key, LabelHash.Of(number));
                    break;
                case double number:
                    yield return (key, LabelHash.Of(number));
                    break;
            }
        }
    }

    /// <summary>Labels that found no path of their own in their batch, which is the batch's matter and not the series'.</summary>
    private static List<(byte[] Key, ulong Hash)> OfOverflow(string json)
    {
        var labels = new List<(byte[], ulong)>();
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (HashOf(property.Value) is { } hash)
                {
                    labels.Add((KeyOf(property.Name), hash));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // A sender had a label of this name: a text like any other.
            return [(Overflow, LabelHash.Of(json))];
        }

        return labels;
    }

    private static ulong? HashOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => LabelHash.Of(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => LabelHash.Of(value.GetBoolean()),
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'E', 'e') ? LabelHash.Of(value.GetDouble()) : LabelHash.Of(value.GetInt64()),
        _ => null,
    };

    private static byte[] KeyOf(string path) => LabelKey.Of(Encoding.UTF8.GetBytes(path)).ToArray();
}
