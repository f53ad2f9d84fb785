using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>A dictionary of values and an index into it per row.</summary>
/// <remarks>
/// Structure: UInt64 version. Data: UInt64 flags (lowest byte: width of an index as a power of two), UInt64 values, the values,
/// UInt64 rows, the indexes. The dictionary of a nullable type has null as its value 0. Without rows there is no data.
/// Source: ClickHouse <c>src/DataTypes/Serializations/SerializationLowCardinality.cpp</c>.
/// </remarks>
internal sealed class LowCardinalityReader(string type, string valueType) : ColumnReader
{
    private readonly bool _nullable = valueType.StartsWith("Nullable(", StringComparison.Ordinal);

    public override void ReadStructure(ref NativeReader reader) => reader.ReadUInt64();

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        string innerType = _nullable ? TypeName.Parse(valueType).Arguments[0] : valueType;
        ColumnReader inner = For(innerType);
        if (rows == 0)
        {
            return new IndexedColumn(name, type, inner.Read(ref reader, name, 0), [], _nullable);
        }

        ulong flags = reader.ReadUInt64();
        ResultColumn values = inner.Read(ref reader, name, NativeReader.ToCount(reader.ReadUInt64()));
        int count = NativeReader.ToCount(reader.ReadUInt64());
        int[] indexes = (flags & 0xFF) switch
        {
            0 => Array.ConvertAll(reader.ReadArray<byte>(count), index => (int)index),
            1 => Array.ConvertAll(reader.ReadArray<ushort>(count), index => (int)index),
            2 => reader.ReadArray<int>(count),
            _ => Array.ConvertAll(reader.ReadArray<long>(count), index => checked((int)index)),
        };
        return new IndexedColumn(name, type, values, indexes, _nullable);
    }
}
