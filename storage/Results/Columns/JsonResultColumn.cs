using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>Attribute sets: flat paths in the order of their names. Paths that a row lacks are left out.</summary>
internal sealed class JsonResultColumn(string name, string type, KeyValuePair<string, ResultColumn>[] paths) : ResultColumn(name, type)
{
    public override object? GetValue(int row)
    {
        // Filled in the order of the names and never removed from: a Dictionary then keeps that order.
        var members = new Dictionary<string, object?>();
        foreach ((string path, ResultColumn values) in paths)
        {
            if (Has(values, row))
            {
                members[path] = values.GetValue(row);
            }
        }

        return members;
    }

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        writer.WriteStartObject();
        foreach ((string path, ResultColumn values) in paths)
        {
            if (Has(values, row))
            {
                writer.WritePropertyName(path);
                values.WriteJson(writer, row);
            }
        }

        writer.WriteEndObject();
    }

    private static bool Has(ResultColumn values, int row) => values is not DynamicResultColumn dynamic || dynamic.Has(row);
}
