using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A point of a histogram with explicit bounds.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message HistogramDataPoint</c>.</remarks>
internal readonly ref struct HistogramPointMessage
{
    private const string Name = "HistogramDataPoint";

    private const uint AttributesTag = (9 << 3) | WireType.LengthDelimited;
    private const uint StartTimeUnixNanoTag = (2 << 3) | WireType.Fixed64;
    private const uint TimeUnixNanoTag = (3 << 3) | WireType.Fixed64;
    private const uint CountTag = (4 << 3) | WireType.Fixed64;
    private const uint SumTag = (5 << 3) | WireType.Fixed64;
    private const uint BucketCountsField = 6;
    private const uint BucketCountsTag = (BucketCountsField << 3) | WireType.Fixed64;
    private const uint PackedBucketCountsTag = (BucketCountsField << 3) | WireType.LengthDelimited;
    private const uint ExplicitBoundsField = 7;
    private const uint ExplicitBoundsTag = (ExplicitBoundsField << 3) | WireType.Fixed64;
    private const uint PackedExplicitBoundsTag = (ExplicitBoundsField << 3) | WireType.LengthDelimited;
    private const uint ExemplarsTag = (8 << 3) | WireType.LengthDelimited;
    private const uint FlagsTag = (10 << 3) | WireType.Varint;
    private const uint MinTag = (11 << 3) | WireType.Fixed64;
    private const uint MaxTag = (12 << 3) | WireType.Fixed64;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _exemplars;
    private readonly FieldRun _attributes;
    private readonly FieldRun _bucketCounts;
    private readonly FieldRun _explicitBounds;

    public HistogramPointMessage(ReadOnlySpan<byte> bytes)
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
                case MinTag:
                    Min = reader.ReadDouble();
                    break;
                case MaxTag:
                    Max = reader.ReadDouble();
                    break;
                case PackedBucketCountsTag or BucketCountsTag:
                    reader.Skip(tag);
                    _bucketCounts.Add(reader);
                    break;
                case PackedExplicitBoundsTag or ExplicitBoundsTag:
                    reader.Skip(tag);
                    _explicitBounds.Add(reader);
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

    public RepeatedNumber BucketCounts => new(_bucketCounts.Of(_bytes), BucketCountsField, WireType.Fixed64, Name);

    /// <summary>Each the bits of a double.</summary>
    public RepeatedNumber ExplicitBounds => new(_explicitBounds.Of(_bytes), ExplicitBoundsField, WireType.Fixed64, Name);

    /// <summary>Each an <see cref="ExemplarMessage"/>.</summary>
    public RepeatedField Exemplars => new(_bytes, _exemplars, ExemplarsTag, Name);

    public uint Flags { get; }

    public double? Min { get; }

    public double? Max { get; }
}
