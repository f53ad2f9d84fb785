using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>FixedString, which Observe uses for ids: lower-case hex.</summary>
internal sealed class BytesColumn(string name, string type, byte[] bytes, int size) : ResultColumn(name, type)
{
    public override object? GetValue(int row) => GetString(row);

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteStringValue(GetString(row));

    public override string GetString(int row) => Convert.ToHexStringLower(bytes, row * size, size);
}
