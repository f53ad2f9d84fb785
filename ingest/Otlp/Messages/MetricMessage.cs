using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A metric and its points.</summary>
/// <remarks>
/// <code>
/// Metric: string name = 1, description = 2, unit = 3; repeated KeyValue metadata = 12
///         oneof data { Gauge = 5; Sum = 7; Histogram = 9; ExponentialHistogram = 10; Summary = 11 }
/// Gauge, Sum, Histogram, ExponentialHistogram, Summary:
///         repeated …DataPoint data_points = 1; AggregationTemporality = 2; bool is_monotonic = 3
/// </code>
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>.
/// A kind has temporality or monotony only where the .proto file gives it; as the numbers agree, one reader serves all five.
/// </remarks>
internal readonly ref struct MetricMessage
{
    private const string Name = "Metric";
    private const string DataName = "Gauge/Sum/Histogram/ExponentialHistogram/Summary";

    private const uint NameTag = (1 << 3) | WireType.LengthDelimited;
    private const uint DescriptionTag = (2 << 3) | WireType.LengthDelimited;
    private const uint UnitTag = (3 << 3) | WireType.LengthDelimited;
    private const uint GaugeTag = (5 << 3) | WireType.LengthDelimited;
    private const uint SumTag = (7 << 3) | WireType.LengthDelimited;
    private const uint HistogramTag = (9 << 3) | WireType.LengthDelimited;
    private const uint ExponentialHistogramTag = (10 << 3) | WireType.LengthDelimited;
    private const uint SummaryTag = (11 << 3) | WireType.LengthDelimited;
    private const uint MetadataTag = (12 << 3) | WireType.LengthDelimited;

    private const uint DataPointsTag = (1 << 3) | WireType.LengthDelimited;
    private const uint AggregationTemporalityTag = (2 << 3) | WireType.Varint;
    private const uint IsMonotonicTag = (3 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<byte> _data;
    private readonly FieldRun _metadata;
    private readonly FieldRun _dataPoints;

    public MetricMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case NameTag:
                    MetricName = reader.ReadBytes();
                    break;
                case DescriptionTag:
                    Description = reader.ReadBytes();
                    break;
                case UnitTag:
                    Unit = reader.ReadBytes();
                    break;
                case GaugeTag or SumTag or HistogramTag or ExponentialHistogramTag or SummaryTag:
                    Type = TypeOf(tag);
                    _data = reader.ReadBytes();
                    break;
                case MetadataTag:
                    reader.ReadBytes();
                    _metadata.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        (AggregationTemporality, IsMonotonic) = ReadData(_data, Type, ref _dataPoints);
    }

    /// <summary><c>name</c></summary>
    public ReadOnlySpan<byte> MetricName { get; }

    public ReadOnlySpan<byte> Description { get; }

    public ReadOnlySpan<byte> Unit { get; }

    /// <summary>Null when the metric has no data, or data of a kind that is not known.</summary>
    public MetricType? Type { get; }

    /// <summary>0 unspecified, 1 delta, 2 cumulative. Any other number, which no specification defines, counts as unspecified.</summary>
    public sbyte AggregationTemporality { get; }

    public bool IsMonotonic { get; }

    /// <summary>Messages of the kind that <see cref="Type"/> says.</summary>
    public RepeatedField DataPoints => new(_data, _dataPoints, DataPointsTag, DataName);

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Metadata => new(_bytes, _metadata, MetadataTag, Name);

    private static MetricType TypeOf(uint tag) => tag switch
    {
        GaugeTag => MetricType.Gauge,
        SumTag => MetricType.Sum,
        HistogramTag => MetricType.Histogram,
        ExponentialHistogramTag => MetricType.ExponentialHistogram,
        _ => MetricType.Summary,
    };

    private static (sbyte Temporality, bool IsMonotonic) ReadData(ReadOnlySpan<byte> data, MetricType? type, ref FieldRun dataPoints)
    {
        ulong temporality = 0;
        bool isMonotonic = false;
        bool hasTemporality = type is MetricType.Sum or MetricType.Histogram or MetricType.ExponentialHistogram;

        var reader = new WireReader(data, DataName);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            if (tag == DataPointsTag)
            {
                reader.ReadBytes();
                dataPoints.Add(reader);
            }
            else if (tag == AggregationTemporalityTag && hasTemporality)
            {
                temporality = reader.ReadVarint();
            }
            else if (tag == IsMonotonicTag && type == MetricType.Sum)
            {
                isMonotonic = reader.ReadVarint() != 0;
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return (temporality is 1 or 2 ? (sbyte)temporality : (sbyte)0, isMonotonic);
    }
}
