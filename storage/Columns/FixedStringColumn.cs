namespace Observe.Storage.Columns;

/// <summary>A column of byte strings of one length, such as trace ids.</summary>
/// <param name="size">Bytes per value.</param>
public sealed class FixedStringColumn(int size) : Column
{
    private readonly ByteBuffer _values = new();

    public override string Type { get; } = $"FixedString({size})";

    public override int Count => _values.Length / size;

    public override long ByteCount => _values.Length;

    /// <summary>Appends a value of exactly the column's size, or zeros for an empty one.</summary>
    /// <exception cref="ArgumentException">Any other length.</exception>
    public void Append(ReadOnlySpan<byte> value)
    {
        if (value.Length == size)
        {
            value.CopyTo(_values.Extend(size));
        }
        else if (value.IsEmpty)
        {
            _values.Fill(0, size);
        }
        else
        {
            throw new ArgumentException($"The value has {value.Length} bytes; this column takes {size} or none.", nameof(value));
        }
    }

    public override void Clear() => _values.Clear();

    internal override void WriteData(BlockWriter writer) => writer.Write(_values.Span);

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        ReadOnlySpan<byte> values = ((FixedStringColumn)source)._values.Span;
        for (int row = 0; row < isTaken.Length; row++)
        {
            if (isTaken[row])
            {
                _values.Append(values.Slice(row * size, size));
            }
        }
    }
}
