using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Observe.Storage.Columns;

/// <summary>A column whose rows differ in type: ClickHouse's <c>Dynamic</c>, in the flattened Native form.</summary>
/// <remarks>
/// Structure: UInt64 3 (flattened), varuint types, their names, then the structure of each type.
/// Data: one byte per row, the 0-based type or the number of types where the row has no value; then the values of each type, dense.
/// </remarks>
public sealed class DynamicColumn : Column
{
    /// <summary>The format's word for "flattened".</summary>
    internal const ulong FlattenedVersion = 3;

    /// <summary>Stands for "no value" until the number of types is known.</summary>
    private const byte Absent = byte.MaxValue;

    private const int TypeCount = (int)DynamicType.Json + 1;

    private readonly ByteBuffer _index = new();
    private readonly Column?[] _columns = new Column?[TypeCount];
    private readonly byte[] _ordinals = new byte[TypeCount];
    private readonly List<DynamicType> _types = [];
    private int _typeBits; // a bit for each of _types

    public override string Type => "Dynamic";

    public override int Count => _index.Length;

    public override long ByteCount
    {
        get
        {
            long sum = _index.Length;
            foreach (DynamicType type in _types)
            {
                sum += _columns[(int)type]!.ByteCount;
            }

            return sum;
        }
    }

    /// <summary>The types of the values appended since the last <see cref="Clear"/>, in order of first use.</summary>
    public IReadOnlyList<DynamicType> Types => _types;

    public void AppendString(ReadOnlySpan<byte> utf8) => Next<StringColumn>(DynamicType.String).Append(utf8);

    public void AppendInt64(long value) => Next<FixedColumn<long>>(DynamicType.Int64).Append(value);

    public void AppendFloat64(double value) => Next<FixedColumn<double>>(DynamicType.Float64).Append(value);

    public void AppendBool(bool value) => Next<FixedColumn<byte>>(DynamicType.Bool).Append(value ? (byte)1 : (byte)0);

    /// <summary>Appends a value that is there and empty. Inside an array use <see cref="AppendAbsent"/>, which is an array's null.</summary>
    public void AppendNull() => Next<FixedColumn<byte>>(DynamicType.Null).Append((byte)'0'); // the engine writes '0' for each empty tuple

    public void AppendAbsent() => _index.Append(Absent);

    /// <summary>Begins an array of strings: append its elements to <see cref="ArrayColumn{T}.Elements"/>, then end its row.</summary>
    public ArrayColumn<StringColumn> AppendStringArray() => Next<ArrayColumn<StringColumn>>(DynamicType.StringArray);

    /// <inheritdoc cref="AppendStringArray"/>
    public ArrayColumn<FixedColumn<long>> AppendInt64Array() => Next<ArrayColumn<FixedColumn<long>>>(DynamicType.Int64Array);

    /// <inheritdoc cref="AppendStringArray"/>
    public ArrayColumn<FixedColumn<double>> AppendFloat64Array() => Next<ArrayColumn<FixedColumn<double>>>(DynamicType.Float64Array);

    /// <inheritdoc cref="AppendStringArray"/>
    public ArrayColumn<FixedColumn<byte>> AppendBoolArray() => Next<ArrayColumn<FixedColumn<byte>>>(DynamicType.BoolArray);

    /// <inheritdoc cref="AppendStringArray"/>
    public ArrayColumn<DynamicColumn> AppendDynamicArray() => Next<ArrayColumn<DynamicColumn>>(DynamicType.DynamicArray);

    /// <summary>Begins a map: fill a row of the returned column and end it.</summary>
    public JsonColumn AppendJson() => Next<JsonColumn>(DynamicType.Json);

    public override void Clear()
    {
        _index.Clear();
        foreach (DynamicType type in _types)
        {
            _columns[(int)type]!.Clear();
        }

        _types.Clear();
        _typeBits = 0;
    }

    /// <summary>Makes the rows up to <paramref name="count"/> absent where they have no value yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PadTo(int count)
    {
        if (_index.Length < count)
        {
            _index.Fill(Absent, count - _index.Length);
        }
    }

    internal override void WriteStructure(BlockWriter writer)
    {
        writer.WriteUInt64(FlattenedVersion);
        writer.WriteVarUInt((ulong)_types.Count);
        foreach (DynamicType type in _types)
        {
            writer.WriteString(TypeName(type));
        }

        foreach (DynamicType type in _types)
        {
            _columns[(int)type]!.WriteStructure(writer);
        }
    }

    internal override void WriteData(BlockWriter writer)
    {
        ReadOnlySpan<byte> index = _index.Span;
        byte[] sent = ArrayPool<byte>.Shared.Rent(index.Length);
        index.Replace(sent, Absent, (byte)_types.Count);
        writer.Write(sent.AsSpan(0, index.Length));
        ArrayPool<byte>.Shared.Return(sent);

        foreach (DynamicType type in _types)
        {
            _columns[(int)type]!.WriteData(writer);
        }
    }

    /// <remarks>Rows behind the last value, of which the column does not know yet, are absent.</remarks>
    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        var other = (DynamicColumn)source;
        ReadOnlySpan<byte> index = other._index.Span;
        bool[][] isValueTaken = [.. other._types.Select(type => new bool[other._columns[(int)type]!.Count])];
        Span<int> read = stackalloc int[TypeCount];
        read.Clear();
        for (int row = 0; row < isTaken.Length; row++)
        {
            byte ordinal = row < index.Length ? index[row] : Absent;
            if (ordinal != Absent)
            {
                isValueTaken[ordinal][read[ordinal]++] = isTaken[row];
            }

            if (isTaken[row])
            {
                AppendIndex(ordinal == Absent ? null : other._types[ordinal]);
            }
        }

        for (int i = 0; i < isValueTaken.Length; i++)
        {
            if (isValueTaken[i].AsSpan().Contains(true))
            {
                DynamicType type = other._types[i];
                _columns[(int)type]!.AppendWhere(other._columns[(int)type]!, isValueTaken[i]);
            }
        }
    }

    /// <summary>Whether a row among these has a value.</summary>
    internal bool HasValueWhere(ReadOnlySpan<bool> isTaken)
    {
        ReadOnlySpan<byte> index = _index.Span;
        for (int row = 0; row < index.Length; row++)
        {
            if (isTaken[row] && index[row] != Absent)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The engine's name of a type, as it stands in blocks and in the field catalogue.</summary>
    internal static string TypeName(DynamicType type) => type switch
    {
        DynamicType.String => "String",
        DynamicType.Int64 => "Int64",
        DynamicType.Float64 => "Float64",
        DynamicType.Bool => "Bool",
        DynamicType.Null => "Tuple()",
        DynamicType.StringArray => "Array(String)",
        DynamicType.Int64Array => "Array(Int64)",
        DynamicType.Float64Array => "Array(Float64)",
        DynamicType.BoolArray => "Array(Bool)",
        DynamicType.DynamicArray => "Array(Dynamic)",
        DynamicType.Json => "JSON",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of attribute values."),
    };

    private TColumn Next<TColumn>(DynamicType type)
        where TColumn : Column
    {
        if ((_typeBits & (1 << (int)type)) == 0)
        {
            Register(type);
        }

        _index.Append(_ordinals[(int)type]);

        // Create decides by the type what the column is; a checked cast for each value costs as much as appending it.
        Debug.Assert(_columns[(int)type] is TColumn, "The type has a column of another class.");
        return Unsafe.As<TColumn>(_columns[(int)type]!);
    }

    /// <summary>Begins a row whose value, if it has one, is appended to its type's column later.</summary>
    private void AppendIndex(DynamicType? type)
    {
        if (type is { } known && (_typeBits & (1 << (int)known)) == 0)
        {
            Register(known);
        }

        _index.Append(type is { } registered ? _ordinals[(int)registered] : Absent);
    }

    private void Register(DynamicType type)
    {
        Column column = _columns[(int)type] ??= Create(type);
        column.Clear();
        _ordinals[(int)type] = (byte)_types.Count;
        _types.Add(type);
        _typeBits |= 1 << (int)type;
    }

    private static Column Create(DynamicType type) => type switch
    {
        DynamicType.String => new StringColumn(),
        DynamicType.Int64 => new FixedColumn<long>("Int64"),
        DynamicType.Float64 => new FixedColumn<double>("Float64"),
        DynamicType.Bool => new FixedColumn<byte>("Bool"),
        DynamicType.Null => new FixedColumn<byte>("Tuple()"),
        DynamicType.StringArray => new ArrayColumn<StringColumn>(new StringColumn()),
        DynamicType.Int64Array => new ArrayColumn<FixedColumn<long>>(new FixedColumn<long>("Int64")),
        DynamicType.Float64Array => new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")),
        DynamicType.BoolArray => new ArrayColumn<FixedColumn<byte>>(new FixedColumn<byte>("Bool")),
        DynamicType.DynamicArray => new ArrayColumn<DynamicColumn>(new DynamicColumn()),
        DynamicType.Json => new JsonColumn(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of attribute values."),
    };
}
