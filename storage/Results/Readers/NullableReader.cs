using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>One byte per row that is 1 where the row is null, then a value for every row.</summary>
internal sealed class NullableReader(string type, ColumnReader values) : ColumnReader
{
    public override void ReadStructure(ref NativeReader reader) => values.ReadStructure(ref reader);

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        byte[] nulls = reader.ReadArray<byte>(rows);
        return new NullableColumn(name, type, nulls, values.Read(ref reader, name, rows));
    }
}
