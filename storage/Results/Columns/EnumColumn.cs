using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Observe.Storage.Results.Columns;

internal sealed class EnumColumn<T>(string name, string type, T[] values, Dictionary<long, string> names) : ResultColumn(name, type)
    where T : unmanaged, INumber<T>
{
    public override object? GetValue(int row) => GetString(row);

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteStringValue(GetString(row));

    public override long GetInt64(int row) => long.CreateChecked(values[row]);

    public override string GetString(int row) =>
        names.TryGetValue(GetInt64(row), out string? found) ? found : GetInt64(row).ToString(CultureInfo.InvariantCulture);
}
