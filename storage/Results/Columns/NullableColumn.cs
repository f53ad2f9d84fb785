using System.Text.Json;

namespace Observe.Storage.Results.Columns;

internal sealed class NullableColumn(string name, string type, byte[] nulls, ResultColumn values) : ResultColumn(name, type)
{
    public override bool IsNull(int row) => nulls[row] != 0;

    public override object? GetValue(int row) => IsNull(row) ? null : values.GetValue(row);

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (IsNull(row))
        {
            writer.WriteNullValue();
        }
        else
        {
            values.WriteJson(writer, row);
        }
    }

    public override long GetInt64(int row) => values.GetInt64(row);

    public override ulong GetUInt64(int row) => values.GetUInt64(row);

    public override double GetFloat64(int row) => values.GetFloat64(row);

    public override string GetString(int row) => values.GetString(row);
}
