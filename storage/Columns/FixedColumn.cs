using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observe.Storage.Columns;

/// <summary>A column of fixed-width values: the raw little-endian array.</summary>
/// <param name="type">The ClickHouse type; its width is the size of <typeparamref name="T"/>.</param>
public sealed class FixedColumn<T>(string type) : Column
    where T : unmanaged
{
    private readonly ByteBuffer _values = new();

    public override string Type => type;

    public override int Count => _values.Length / Unsafe.SizeOf<T>();

    public override long ByteCount => _values.Length;

    /// <summary>The values appended so far.</summary>
    public ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(_values.Span);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T value) => Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(_values.Extend(Unsafe.SizeOf<T>())), value);

    /// <summary>Appends values that are there already as their little-endian bytes, end to end.</summary>
    public void AppendBytes(ReadOnlySpan<byte> values)
    {
        Debug.Assert(values.Length % Unsafe.SizeOf<T>() == 0, "A value is cut.");
        _values.Append(values);
    }

    public override void Clear() => _values.Clear();

    internal override void WriteData(BlockWriter writer) => writer.Write(_values.Span);

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        ReadOnlySpan<T> values = ((FixedColumn<T>)source).Values;
        for (int row = 0; row < isTaken.Length; row++)
        {
            if (isTaken[row])
            {
                Append(values[row]);
            }
        }
    }
}
