using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>
/// Rows of one table, column by column, in memory that is reused: what a decoder fills and the engine inserts as one Native block.
/// </summary>
/// <remarks>
/// A row is complete when every column has one value more. Not thread-safe.
/// Block layout: varuint columns, varuint rows, then each column (see <see cref="Column"/>).
/// </remarks>
public abstract class ColumnBatch
{
    private readonly List<KeyValuePair<string, Column>> _columns = [];

    /// <summary>The table that the batch is for, without its database.</summary>
    public abstract string Table { get; }

    /// <summary>Complete rows, which is what the first column holds.</summary>
    public int RowCount => _columns[0].Value.Count;

    /// <summary>Bytes of all columns together: what the block takes, and about what it takes in memory.</summary>
    public long ByteCount
    {
        get
        {
            long sum = 0;
            foreach (KeyValuePair<string, Column> column in _columns)
            {
                sum += column.Value.ByteCount;
            }

            return sum;
        }
    }

    /// <summary>
    /// The times, since 1970, by whose UTC day the engine divides an insert into parts: each of them it stores whole or not at all, and remembers by
    /// day and token. Null for a table that has no such memory and needs none, because rows of one key are folded, and for the ledger, which ingest never
    /// divides.
    /// </summary>
    public virtual FixedColumn<long>? PartitionTime => null;

    /// <summary>Name and column, in the order in which they are sent.</summary>
    public IReadOnlyList<KeyValuePair<string, Column>> Columns => _columns;

    /// <summary>A day in the unit of <see cref="PartitionTime"/>: nanoseconds, where a table says nothing else.</summary>
    protected virtual long PartitionDay => 86_400L * 1_000_000_000;

    /// <summary>Forgets the rows and keeps the memory.</summary>
    public void Clear()
    {
        foreach (KeyValuePair<string, Column> column in _columns)
        {
            column.Value.Clear();
        }
    }

    /// <summary>The days that its rows lie on, ascending, as days since 1970-01-01 (UTC); empty for a table without <see cref="PartitionTime"/>.</summary>
    public IReadOnlyList<ushort> Days()
    {
        var days = new SortedSet<ushort>();
        foreach (long time in PartitionTime is { } times ? times.Values : [])
        {
            days.Add(DayOf(time));
        }

        return [.. days];
    }

    /// <summary>Appends the rows of one day, in their order.</summary>
    /// <param name="source">A batch for the same table, with a <see cref="PartitionTime"/>; not changed.</param>
    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    public void AppendDay(ColumnBatch source, ushort day)
    {
        if (source.Table != Table || source.PartitionTime is not { } times)
        {
            throw new ArgumentException($"{source.Table} has no rows of a day for {Table}.", nameof(source));
        }

        var isTaken = new bool[source.RowCount];
        for (int row = 0; row < isTaken.Length; row++)
        {
            isTaken[row] = DayOf(times.Values[row]) == day;
        }

        for (int i = 0; i < _columns.Count; i++)
        {
            _columns[i].Value.AppendWhere(source._columns[i].Value, isTaken);
        }
    }

    protected TColumn Add<TColumn>(string name, TColumn column)
        where TColumn : Column
    {
        _columns.Add(new(name, column));
        return column;
    }

    internal void WriteBlock(IBlockSink sink)
    {
        var writer = new BlockWriter(sink);
        int rows = RowCount;
        writer.WriteVarUInt((ulong)_columns.Count);
        writer.WriteVarUInt((ulong)rows);
        foreach ((string name, Column column) in _columns)
        {
            if (column.Count != rows)
            {
                throw new InvalidOperationException($"Column {name} of {Table} has {column.Count} rows, the batch has {rows}.");
            }

            writer.WriteString(name);
            writer.WriteString(column.Type);

            // The engine reads nothing more of a column without rows: the structure of a JSON column would be taken for the next block.
            if (rows > 0)
            {
                column.WriteStructure(writer);
                column.WriteData(writer);
            }
        }

        writer.Flush();
    }

    private ushort DayOf(long time) => (ushort)Math.Clamp(time / PartitionDay, 0, ushort.MaxValue);
}
