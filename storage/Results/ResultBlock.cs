namespace Observe.Storage.Results;

/// <summary>Some rows of a query's result, column by column, decoded from the engine's Native format.</summary>
public sealed class ResultBlock
{
    internal ResultBlock(int rowCount, IReadOnlyList<ResultColumn> columns, int byteCount)
    {
        ByteCount = byteCount;
        RowCount = rowCount;
        Columns = columns;
    }

    public int RowCount { get; }

    /// <summary>Bytes that the block had as the engine sent it: about what it takes in memory.</summary>
    public int ByteCount { get; }

    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>The column of this name.</summary>
    /// <exception cref="KeyNotFoundException">The statement selected no such column.</exception>
    public ResultColumn this[string name] =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new KeyNotFoundException($"The result has no column {name}; it has {string.Join(", ", Columns.Select(c => c.Name))}.");
}
