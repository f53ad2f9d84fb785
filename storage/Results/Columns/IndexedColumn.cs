using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>LowCardinality: an index into a dictionary per row; where the type is nullable, index 0 is null.</summary>
internal sealed class IndexedColumn(string name, string type, ResultColumn values, int[] indexes, bool nullable) : ResultColumn(name, type)
{
    // Rows share their values, so each is decoded once.
    private readonly Dictionary<int, string> _strings = [];

    public override bool IsNull(int row) => nullable && indexes[row] == 0;

    public override object? GetValue(int row) =>
        IsNull(row) ? null : values is Utf8Column ? GetString(row) : values.GetValue(indexes[row]);

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (IsNull(row))
        {
            writer.WriteNullValue();
        }
        else
        {
            values.WriteJson(writer, indexes[row]);
        }
    }

    public override long GetInt64(int row) => values.GetInt64(indexes[row]);

    public override ulong GetUInt64(int row) => values.GetUInt64(indexes[row]);

    public override double GetFloat64(int row) => values.GetFloat64(indexes[row]);

    public override string GetString(int row)
    {
        int index = indexes[row];
        if (!_strings.TryGetValue(index, out string? text))
        {
            _strings[index] = text = values.GetString(index);
        }

        return text;
    }
}
