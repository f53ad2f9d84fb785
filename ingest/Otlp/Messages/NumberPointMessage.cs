using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A point of a gauge or a sum.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message NumberDataPoint</c>.</remarks>
internal readonly ref struct NumberPointMessage
{
    private const string Name = "NumberDataPoint";

    private const uint AttributesTag = (7 << 3) | WireType.LengthDelimited;
    private const uint StartTimeUnixNanoTag = (2 << 3) | WireType.Fixed64;
    private const uint TimeUnixNanoTag = (3 << 3) | WireType.Fixed64;
    private const uint AsDoubleTag = (4 << 3) | WireType.Fixed64;
    private const uint AsIntTag = (6 << 3) | WireType.Fixed64;
    private const uint ExemplarsTag = (5 << 3) | WireType.LengthDelimited;
    private const uint FlagsTag = (8 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _exemplars;
    private readonly FieldRun _attributes;

    public NumberPointMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case StartTimeUnixNanoTag:
                    StartTimeUnixNano = reader.ReadFixed64();
                    break;
                case TimeUnixNanoTag:
                    TimeUnixNano = reader.ReadFixed64();
                    break;
                case AsDoubleTag:
                    Value = NumberValue.OfDouble(reader.ReadDouble());
                    break;
                case AsIntTag:
                    Value = NumberValue.OfInt((long)reader.ReadFixed64());
                    break;
                case FlagsTag:
                    Flags = (uint)reader.ReadVarint();
                    break;
                case AttributesTag:
                    reader.ReadBytes();
                    _attributes.Add(reader);
                    break;
                case ExemplarsTag:
                    reader.ReadBytes();
                    _exemplars.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public ulong StartTimeUnixNano { get; }

    public ulong TimeUnixNano { get; }

    public NumberValue Value { get; }

    /// <summary>Each an <see cref="ExemplarMessage"/>.</summary>
    public RepeatedField Exemplars => new(_bytes, _exemplars, ExemplarsTag, Name);

    public uint Flags { get; }
}
