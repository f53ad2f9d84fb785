using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>A tuple; returned as an array of its elements.</summary>
internal sealed class TupleColumn(string name, string type, ResultColumn[] elements) : ResultColumn(name, type)
{
    public override object? GetValue(int row) => Array.ConvertAll(elements, element => element.GetValue(row));

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        writer.WriteStartArray();
        foreach (ResultColumn element in elements)
        {
            element.WriteJson(writer, row);
        }

        writer.WriteEndArray();
    }
}
