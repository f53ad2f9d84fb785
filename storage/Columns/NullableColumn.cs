namespace Observe.Storage.Columns;

/// <summary>A column of fixed-width values that may be absent: one byte per row that says so, then a value for every row.</summary>
public sealed class NullableColumn<T>(string valueType) : Column
    where T : unmanaged
{
    private readonly ByteBuffer _isNull = new();
    private readonly FixedColumn<T> _values = new(valueType);

    public override string Type { get; } = $"Nullable({valueType})";

    public override int Count => _values.Count;

    public override long ByteCount => _isNull.Length + _values.ByteCount;

    public void Append(T? value)
    {
        _isNull.Append(value is null ? (byte)1 : (byte)0);
        _values.Append(value.GetValueOrDefault());
    }

    public override void Clear()
    {
        _isNull.Clear();
        _values.Clear();
    }

    internal override void WriteData(BlockWriter writer)
    {
        writer.Write(_isNull.Span);
        _values.WriteData(writer);
    }

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        var other = (NullableColumn<T>)source;
        ReadOnlySpan<byte> isNull = other._isNull.Span;
        for (int row = 0; row < isTaken.Length; row++)
        {
            if (isTaken[row])
            {
                _isNull.Append(isNull[row]);
            }
        }

        _values.AppendWhere(other._values, isTaken);
    }
}
