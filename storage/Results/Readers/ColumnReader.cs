using Observe.Storage.Engine;

namespace Observe.Storage.Results.Readers;

/// <summary>Reads one column of one type from a block: first its structure, then its data.</summary>
internal abstract class ColumnReader
{
    /// <summary>Reads what stands before the data; only some types, or types that contain them, have it.</summary>
    public virtual void ReadStructure(ref NativeReader reader)
    {
    }

    public abstract ResultColumn Read(ref NativeReader reader, string name, int rows);

    /// <summary>A reader for the type, which serves one column of one block.</summary>
    /// <exception cref="StorageException">Results of this type are not supported.</exception>
    public static ColumnReader For(string type)
    {
        TypeName parsed = TypeName.Parse(type);
        return parsed.Name switch
        {
            "UInt8" => new FixedReader<byte>(type),
            "UInt16" => new FixedReader<ushort>(type),
            "UInt32" => new FixedReader<uint>(type),
            "UInt64" => new FixedReader<ulong>(type),
            "Int8" => new FixedReader<sbyte>(type),
            "Int16" => new FixedReader<short>(type),
            "Int32" => new FixedReader<int>(type),
            "Int64" => new FixedReader<long>(type),
            "Int128" => new FixedReader<Int128>(type),
            "UInt128" => new FixedReader<UInt128>(type),
            "Float32" => new FixedReader<float>(type),
            "Float64" => new FixedReader<double>(type),
            "Bool" => new BoolReader(),
            "String" => new StringReader(type),
            "FixedString" => new FixedStringReader(parsed),
            "Date" => new TimeReader<ushort>(type, new TimeUnit(TimeUnit.Day)),
            "Date32" => new TimeReader<int>(type, new TimeUnit(TimeUnit.Day)),
            "DateTime" => new TimeReader<uint>(type, new TimeUnit(TimeUnit.Second)),
            "DateTime64" => new TimeReader<long>(type, TimeUnit.OfPrecision(parsed.Arguments[0])),
            "Enum8" => new EnumReader<sbyte>(parsed),
            "Enum16" => new EnumReader<short>(parsed),
            "UUID" => new UuidReader(),
            "Decimal" => DecimalReader.For(parsed),
            "Nullable" => new NullableReader(type, For(parsed.Arguments[0])),
            "LowCardinality" => new LowCardinalityReader(type, parsed.Arguments[0]),
            "Array" => new ArrayReader(type, For(parsed.Arguments[0])),
            "Map" => new MapReader(type, For(parsed.Arguments[0]), For(parsed.Arguments[1])),
            "Tuple" => new TupleReader(parsed),
            "SimpleAggregateFunction" => For(parsed.Arguments[^1]),
            "Nothing" => new FixedReader<byte>(type),
            "Dynamic" => new DynamicReader(type),
            "JSON" => new JsonReader(type),
            _ when parsed.Name.StartsWith("Interval", StringComparison.Ordinal) => new FixedReader<long>(type),
            _ => throw new StorageException(
                StorageError.BadStatement, $"Results of type {type} cannot be returned. Convert the value in the query, for example with toString(…)."),
        };
    }
}
