using System.Runtime.InteropServices;
using Observe.Storage.Engine;

namespace Observe.Storage.Results;

/// <summary>Some rows of plain numbers in the engine's own memory, column by column, in the order of the statement.</summary>
public readonly ref struct NumberBlock
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Range[] _columns;

    private NumberBlock(ReadOnlySpan<byte> bytes, Range[] columns, int rowCount)
    {
        _bytes = bytes;
        _columns = columns;
        RowCount = rowCount;
    }

    public int RowCount { get; }

    /// <summary>The values of a column.</summary>
    /// <typeparam name="T">As wide as the column's type: <see cref="ulong"/> for <c>UInt64</c>, <see cref="double"/> for <c>Float64</c>.</typeparam>
    /// <exception cref="InvalidCastException">The column is not so wide.</exception>
    public ReadOnlySpan<T> Column<T>(int index)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(_bytes[_columns[index]]);
        return values.Length == RowCount ? values : throw new InvalidCastException($"Column {index} of a scan is not made of {typeof(T).Name}.");
    }

    /// <summary>Reads the next block.</summary>
    /// <exception cref="StorageException">A column is no number.</exception>
    internal static NumberBlock Read(ref NativeReader reader, ReadOnlySpan<byte> bytes)
    {
        var columns = new Range[reader.ReadCount()];
        int rowCount = reader.ReadCount();
        for (int i = 0; i < columns.Length; i++)
        {
            string name = reader.ReadString();
            int width = Width(name, reader.ReadString());
            int start = reader.Position;
            reader.Take(checked(rowCount * width));
            columns[i] = start..reader.Position;
        }

        return new NumberBlock(bytes, columns, rowCount);
    }

    private static int Width(string name, string type) => type switch
    {
        "UInt8" or "Int8" => 1,
        "UInt16" or "Int16" => 2,
        "UInt32" or "Int32" or "Float32" => 4,
        "UInt64" or "Int64" or "Float64" => 8,
        _ => throw new StorageException(StorageError.BadStatement, $"Column {name} is {type}, and a scan reads numbers only."),
    };
}
