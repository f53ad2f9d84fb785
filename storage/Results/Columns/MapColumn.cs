using System.Globalization;
using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>A map; its keys become the names of a JSON object.</summary>
internal sealed class MapColumn(string name, string type, ulong[] ends, ResultColumn keys, ResultColumn values) : ResultColumn(name, type)
{
    public override object? GetValue(int row)
    {
        (int start, int end) = Bounds(row);
        var members = new Dictionary<string, object?>(end - start);
        for (int i = start; i < end; i++)
        {
            members[Key(i)] = values.GetValue(i);
        }

        return members;
    }

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        (int start, int end) = Bounds(row);
        writer.WriteStartObject();
        for (int i = start; i < end; i++)
        {
            writer.WritePropertyName(Key(i));
            values.WriteJson(writer, i);
        }

        writer.WriteEndObject();
    }

    private string Key(int index) => Convert.ToString(keys.GetValue(index), CultureInfo.InvariantCulture) ?? "";

    private (int Start, int End) Bounds(int row) => (row == 0 ? 0 : (int)ends[row - 1], (int)ends[row]);
}
