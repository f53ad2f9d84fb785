using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>Values of several types: per row the column that holds its value and the place in it.</summary>
internal sealed class DynamicResultColumn(string name, string type, int[] types, int[] positions, ResultColumn[] columns)
    : ResultColumn(name, type)
{
    public override bool IsNull(int row) => !Has(row) || columns[types[row]].IsNull(positions[row]);

    /// <summary>Whether the row has a value, be it an explicit null.</summary>
    public bool Has(int row) => types[row] < columns.Length;

    public override object? GetValue(int row) => Has(row) ? columns[types[row]].GetValue(positions[row]) : null;

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (Has(row))
        {
            columns[types[row]].WriteJson(writer, positions[row]);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public override long GetInt64(int row) => columns[types[row]].GetInt64(positions[row]);

    public override ulong GetUInt64(int row) => columns[types[row]].GetUInt64(positions[row]);

    public override double GetFloat64(int row) => columns[types[row]].GetFloat64(positions[row]);

    public override string GetString(int row) => columns[types[row]].GetString(positions[row]);
}
