using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A value of any kind.</summary>
/// <remarks>
/// <code>
/// AnyValue:     oneof { string = 1; bool = 2; int64 = 3; double = 4; ArrayValue = 5; KeyValueList = 6; bytes = 7 }
/// ArrayValue:   repeated AnyValue values = 1
/// KeyValueList: repeated KeyValue values = 1
/// </code>
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto"/>.
/// <c>string_value_strindex</c> (8) belongs to profiles; elsewhere it counts as absent, as the specification asks.
/// </remarks>
internal readonly ref struct AnyValueMessage
{
    private const string Name = "AnyValue";

    private const uint StringTag = (1 << 3) | WireType.LengthDelimited;
    private const uint BoolTag = (2 << 3) | WireType.Varint;
    private const uint IntTag = (3 << 3) | WireType.Varint;
    private const uint DoubleTag = (4 << 3) | WireType.Fixed64;
    private const uint ArrayTag = (5 << 3) | WireType.LengthDelimited;
    private const uint MapTag = (6 << 3) | WireType.LengthDelimited;
    private const uint BytesTag = (7 << 3) | WireType.LengthDelimited;

    private const uint ValuesTag = (1 << 3) | WireType.LengthDelimited;

    private readonly long _bits;

    public AnyValueMessage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case StringTag or ArrayTag or MapTag or BytesTag:
                    Content = reader.ReadBytes();
                    break;
                case BoolTag or IntTag:
                    _bits = (long)reader.ReadVarint();
                    break;
                case DoubleTag:
                    _bits = (long)reader.ReadFixed64();
                    break;
                default:
                    reader.Skip(tag);
                    continue;
            }

            Kind = (AnyValueKind)(tag >> 3);
        }
    }

    public AnyValueKind Kind { get; }

    /// <summary>The bytes of a string, of bytes, of an ArrayValue or of a KeyValueList.</summary>
    public ReadOnlySpan<byte> Content { get; }

    public bool Bool => _bits != 0;

    public long Int => _bits;

    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The elements of an array, each an <see cref="AnyValueMessage"/>.</summary>
    public RepeatedField Elements => new(Content, ValuesTag, "ArrayValue");

    /// <summary>The entries of a map, each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Entries => new(Content, ValuesTag, "KeyValueList");
}
