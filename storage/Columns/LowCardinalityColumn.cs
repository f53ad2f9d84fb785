namespace Observe.Storage.Columns;

/// <summary>A column of strings of which each is sent once: <c>LowCardinality(String)</c>, the values and for each row the index of its own.</summary>
/// <remarks>
/// To add a row, ask <see cref="IndexOf"/> for the value's index, once for rows that share it, and append that. Sent as <see cref="StringColumn"/> the engine
/// would hash the value of every row.
/// <code>
/// structure  UInt64 1
/// data       UInt64 flags, UInt64 values, the values, UInt64 rows, UInt32 index*
/// </code>
/// Source: ClickHouse <c>src/DataTypes/Serializations/SerializationLowCardinality.cpp</c>.
/// </remarks>
public sealed class LowCardinalityColumn : Column
{
    /// <summary>The dictionary comes with the rows, not before them.</summary>
    private const ulong Version = 1;

    /// <summary>Indexes of four bytes (2); the values follow (1 &lt;&lt; 9); they replace those of the block before (1 &lt;&lt; 10).</summary>
    private const ulong Flags = 2 | (1 << 9) | (1 << 10);

    private readonly Dictionary<byte[], int> _indexes = new(Utf8Comparer.Instance);
    private readonly List<byte[]> _values = [];
    private readonly FixedColumn<int> _rows = new("UInt32");
    private long _valueBytes;

    public override string Type => "LowCardinality(String)";

    public override int Count => _rows.Count;

    public override long ByteCount => _rows.ByteCount + _valueBytes;

    /// <summary>The index of a value, which it keeps until the next <see cref="Clear"/>.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8)
    {
        Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> indexes = _indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!indexes.TryGetValue(utf8, out int index))
        {
            byte[] value = utf8.ToArray();
            index = _values.Count;
            _indexes.Add(value, index);
            _values.Add(value);
            _valueBytes += value.Length;
        }

        return index;
    }

    /// <param name="index">What <see cref="IndexOf"/> returned for the row's value.</param>
    public void Append(int index) => _rows.Append(index);

    public override void Clear()
    {
        _indexes.Clear();
        _values.Clear();
        _rows.Clear();
        _valueBytes = 0;
    }

    internal override void WriteStructure(BlockWriter writer) => writer.WriteUInt64(Version);

    internal override void WriteData(BlockWriter writer)
    {
        writer.WriteUInt64(Flags);
        writer.WriteUInt64((ulong)_values.Count);
        foreach (byte[] value in _values)
        {
            writer.WriteString(value);
        }

        writer.WriteUInt64((ulong)_rows.Count);
        _rows.WriteData(writer);
    }

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        var other = (LowCardinalityColumn)source;
        ReadOnlySpan<int> rows = other._rows.Values;
        for (int row = 0; row < isTaken.Length; row++)
        {
            if (isTaken[row])
            {
                Append(IndexOf(other._values[rows[row]]));
            }
        }
    }
}
