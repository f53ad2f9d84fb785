using System.Text.Json;

namespace Observe.Storage.Results.Columns;

internal sealed class BoolColumn(string name, byte[] values) : ResultColumn(name, "Bool")
{
    public override object? GetValue(int row) => values[row] != 0;

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteBooleanValue(values[row] != 0);

    public override long GetInt64(int row) => values[row];
}
