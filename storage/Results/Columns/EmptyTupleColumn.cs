using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>The empty tuple, in which Observe keeps an attribute that was sent without a value: null.</summary>
internal sealed class EmptyTupleColumn(string name, int count) : ResultColumn(name, "Tuple()")
{
    public override bool IsNull(int row) => row < count;

    public override object? GetValue(int row) => null;

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteNullValue();
}
