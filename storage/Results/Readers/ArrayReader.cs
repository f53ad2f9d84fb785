using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>The end of every row's elements, then all elements.</summary>
internal sealed class ArrayReader(string type, ColumnReader elements) : ColumnReader
{
    public override void ReadStructure(ref NativeReader reader) => elements.ReadStructure(ref reader);

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        ulong[] ends = reader.ReadArray<ulong>(rows);
        int count = rows == 0 ? 0 : NativeReader.ToCount(ends[^1]);
        return new ArrayResultColumn(name, type, ends, elements.Read(ref reader, name, count));
    }
}
