using Observe.Storage.Results.Columns;
using Column = Observe.Storage.Columns.DynamicColumn;

namespace Observe.Storage.Results.Readers;

/// <summary>Values of several types, in the flattened form that <see cref="Column"/> describes.</summary>
internal sealed class DynamicReader(string type) : ColumnReader
{
    private ColumnReader[] _types = [];

    public override void ReadStructure(ref NativeReader reader)
    {
        ulong version = reader.ReadUInt64();
        if (version != Column.FlattenedVersion)
        {
            throw NativeReader.Damaged($"a Dynamic column came in form {version} instead of the flattened one");
        }

        var types = new ColumnReader[reader.ReadCount()];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = For(reader.ReadString());
        }

        foreach (ColumnReader each in types)
        {
            each.ReadStructure(ref reader);
        }

        _types = types;
    }

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        // The index is as wide as the number of types needs; Observe's own columns have far fewer than 255.
        int[] types = _types.Length < byte.MaxValue
            ? Array.ConvertAll(reader.ReadArray<byte>(rows), index => (int)index)
            : Array.ConvertAll(reader.ReadArray<ushort>(rows), index => (int)index);

        var counts = new int[_types.Length + 1];
        var positions = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            positions[row] = counts[types[row]]++;
        }

        var columns = new ResultColumn[_types.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _types[i].Read(ref reader, name, counts[i]);
        }

        return new DynamicResultColumn(name, type, types, positions, columns);
    }
}
