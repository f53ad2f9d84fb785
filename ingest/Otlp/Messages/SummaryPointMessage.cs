using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A point of a summary.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message SummaryDataPoint</c>.</remarks>
internal readonly ref struct SummaryPointMessage
{
    private const string Name = "SummaryDataPoint";

    private const uint AttributesTag = (7 << 3) | WireType.LengthDelimited;
    private const uint StartTimeUnixNanoTag = (2 << 3) | WireType.Fixed64;
    private const uint TimeUnixNanoTag = (3 << 3) | WireType.Fixed64;
    private const uint CountTag = (4 << 3) | WireType.Fixed64;
    private const uint SumTag = (5 << 3) | WireType.Fixed64;
    private const uint QuantileValuesTag = (6 << 3) | WireType.LengthDelimited;
    private const uint FlagsTag = (8 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _quantileValues;
    private readonly FieldRun _attributes;

    public SummaryPointMessage(ReadOnlySpan<byte> bytes)
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
                case CountTag:
                    Count = reader.ReadFixed64();
                    break;
                case SumTag:
                    Sum = reader.ReadDouble();
                    break;
                case FlagsTag:
                    Flags = (uint)reader.ReadVarint();
                    break;
                case AttributesTag:
                    reader.ReadBytes();
                    _attributes.Add(reader);
                    break;
                case QuantileValuesTag:
                    reader.ReadBytes();
                    _quantileValues.Add(reader);
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

    public ulong Count { get; }

    public double Sum { get; }

    /// <summary>Each a <see cref="QuantileMessage"/>.</summary>
    public RepeatedField QuantileValues => new(_bytes, _quantileValues, QuantileValuesTag, Name);

    public uint Flags { get; }
}
