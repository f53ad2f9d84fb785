using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A point of a histogram whose buckets grow by a constant factor.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message ExponentialHistogramDataPoint</c>.</remarks>
internal readonly ref struct ExponentialHistogramPointMessage
{
    private const string Name = "ExponentialHistogramDataPoint";

    private const uint AttributesTag = (1 << 3) | WireType.LengthDelimited;
    private const uint StartTimeUnixNanoTag = (2 << 3) | WireType.Fixed64;
    private const uint TimeUnixNanoTag = (3 << 3) | WireType.Fixed64;
    private const uint CountTag = (4 << 3) | WireType.Fixed64;
    private const uint SumTag = (5 << 3) | WireType.Fixed64;
    private const uint ScaleTag = (6 << 3) | WireType.Varint;
    private const uint ZeroCountTag = (7 << 3) | WireType.Fixed64;
    private const uint PositiveTag = (8 << 3) | WireType.LengthDelimited;
    private const uint NegativeTag = (9 << 3) | WireType.LengthDelimited;
    private const uint FlagsTag = (10 << 3) | WireType.Varint;
    private const uint ExemplarsTag = (11 << 3) | WireType.LengthDelimited;
    private const uint MinTag = (12 << 3) | WireType.Fixed64;
    private const uint MaxTag = (13 << 3) | WireType.Fixed64;
    private const uint ZeroThresholdTag = (14 << 3) | WireType.Fixed64;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _exemplars;
    private readonly FieldRun _attributes;

    public ExponentialHistogramPointMessage(ReadOnlySpan<byte> bytes)
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
                case ScaleTag:
                    Scale = (int)reader.ReadZigZag();
                    break;
                case ZeroCountTag:
                    ZeroCount = reader.ReadFixed64();
                    break;
                case PositiveTag:
                    Positive = reader.ReadBytes();
                    break;
                case NegativeTag:
                    Negative = reader.ReadBytes();
                    break;
                case FlagsTag:
                    Flags = (uint)reader.ReadVarint();
                    break;
                case MinTag:
                    Min = reader.ReadDouble();
                    break;
                case MaxTag:
                    Max = reader.ReadDouble();
                    break;
                case ZeroThresholdTag:
                    ZeroThreshold = reader.ReadDouble();
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

    public ulong Count { get; }

    public double? Sum { get; }

    public int Scale { get; }

    public ulong ZeroCount { get; }

    /// <summary>A <see cref="BucketsMessage"/>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Positive { get; }

    /// <summary>A <see cref="BucketsMessage"/>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Negative { get; }

    public uint Flags { get; }

    /// <summary>Each an <see cref="ExemplarMessage"/>.</summary>
    public RepeatedField Exemplars => new(_bytes, _exemplars, ExemplarsTag, Name);

    public double? Min { get; }

    public double? Max { get; }

    public double ZeroThreshold { get; }
}
