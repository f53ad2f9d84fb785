namespace Observe.Storage.Columns;

/// <summary>A column of arrays: the end offset of every row's elements, then all elements in one column.</summary>
/// <remarks>To add a row, append its elements to <see cref="Elements"/> and call <see cref="EndRow"/>.</remarks>
public sealed class ArrayColumn<TElements>(TElements elements) : Column
    where TElements : Column
{
    private readonly FixedColumn<ulong> _ends = new("UInt64");

    public TElements Elements => elements;

    public override string Type => $"Array({elements.Type})";

    public override int Count => _ends.Count;

    public override long ByteCount => _ends.ByteCount + elements.ByteCount;

    /// <summary>Ends the row: all elements appended since the last call belong to it.</summary>
    public void EndRow() => _ends.Append((ulong)elements.Count);

    public override void Clear()
    {
        _ends.Clear();
        elements.Clear();
    }

    internal override void WriteStructure(BlockWriter writer) => elements.WriteStructure(writer);

    internal override void WriteData(BlockWriter writer)
    {
        _ends.WriteData(writer);
        elements.WriteData(writer);
    }

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        var other = (ArrayColumn<TElements>)source;
        ReadOnlySpan<ulong> ends = other._ends.Values;
        var isElementTaken = new bool[other.Elements.Count];
        ulong end = (ulong)elements.Count;
        ulong start = 0;
        for (int row = 0; row < isTaken.Length; row++)
        {
            if (isTaken[row])
            {
                isElementTaken.AsSpan((int)start, (int)(ends[row] - start)).Fill(true);
                end += ends[row] - start;
                _ends.Append(end);
            }

            start = ends[row];
        }

        elements.AppendWhere(other.Elements, isElementTaken);
    }
}
