using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>Values that are returned as text because .NET or JSON has no exact number for them.</summary>
internal sealed class TextColumn(string name, string type, string[] values) : ResultColumn(name, type)
{
    public override object? GetValue(int row) => values[row];

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteStringValue(values[row]);

    public override string GetString(int row) => values[row];
}
