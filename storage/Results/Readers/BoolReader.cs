using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>One byte per row, 0 or 1.</summary>
internal sealed class BoolReader : ColumnReader
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows) =>
        new BoolColumn(name, reader.ReadArray<byte>(rows));
}
