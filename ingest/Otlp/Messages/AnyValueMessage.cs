using System.Runtime.CompilerServices;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AnyValueMessage(ReadOnlySpan<byte> bytes)
    {
        // As exporters write most of them: a text with one byte for its length, or a small number; and nothing else.
        if (bytes.Length >= 2 && bytes[1] < 0x80)
        {
            if (bytes[0] == StringTag && bytes[1] == bytes.Length - 2)
            {
                Content = bytes[2..];
                Kind = AnyValueKind.String;
                return;
            }

            if (bytes[0] == IntTag && bytes.Length == 2)
            {
                _bits = bytes[1];
                Kind = AnyValueKind.Int;
                return;
            }
        }

        Kind = Read(bytes, out ReadOnlySpan<byte> content, out _bits);
        Content = content;
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

    private static AnyValueKind Read(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content, out long bits)
    {
        AnyValueKind kind = AnyValueKind.None;
        content = default;
        bits = 0;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case StringTag or ArrayTag or MapTag or BytesTag:
                    content = reader.ReadBytes();
                    break;
                case BoolTag or IntTag:
                    bits = (long)reader.ReadVarint();
                    break;
                case DoubleTag:
                    bits = (long)reader.ReadFixed64();
                    break;
                default:
                    reader.Skip(tag);
                    continue;
            }

            kind = (AnyValueKind)(tag >> 3);
        }

        return kind;
    }
}
