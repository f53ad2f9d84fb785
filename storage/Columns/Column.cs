namespace Observe.Storage.Columns;

/// <summary>
/// A column of a batch, kept as the bytes that ClickHouse's Native format sends for it.
/// </summary>
/// <remarks>
/// Layout of a column in a block: name, type, structure (only <c>JSON</c> and <c>Dynamic</c> have one), data.
/// Source: ClickHouse <c>src/Formats/NativeWriter.cpp</c> and <c>src/DataTypes/Serializations</c>.
/// </remarks>
public abstract class Column
{
    /// <summary>The ClickHouse type in which the column is sent.</summary>
    public abstract string Type { get; }

    /// <summary>Rows appended since the last <see cref="Clear"/>.</summary>
    public abstract int Count { get; }

    /// <summary>Bytes that the column's data takes in a block, for limits on a batch's size.</summary>
    public abstract long ByteCount { get; }

    /// <summary>Forgets the rows and keeps the memory.</summary>
    public abstract void Clear();

    internal virtual void WriteStructure(BlockWriter writer)
    {
    }

    internal abstract void WriteData(BlockWriter writer);

    /// <summary>Appends the rows of another column that are marked.</summary>
    /// <param name="source">A column of the same class and type; not changed.</param>
    /// <param name="isTaken">A mark for each row of <paramref name="source"/>.</param>
    internal abstract void AppendWhere(Column source, ReadOnlySpan<bool> isTaken);
}
