using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>An array of key and value: ends, all keys, all values.</summary>
internal sealed class MapReader(string type, ColumnReader keys, ColumnReader values) : ColumnReader
{
    public override void ReadStructure(ref NativeReader reader)
    {
        keys.ReadStructure(ref reader);
        values.ReadStructure(ref reader);
    }

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        ulong[] ends = reader.ReadArray<ulong>(rows);
        int count = rows == 0 ? 0 : NativeReader.ToCount(ends[^1]);
        ResultColumn keyColumn = keys.Read(ref reader, name, count);
        return new MapColumn(name, type, ends, keyColumn, values.Read(ref reader, name, count));
    }
}
