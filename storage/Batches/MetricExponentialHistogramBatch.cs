using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of exponential histograms.</summary>
public sealed class MetricExponentialHistogramBatch : ColumnBatch
{
    public MetricExponentialHistogramBatch()
    {
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        StartTimestamp = Add("StartTimestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        Count = Add("Count", new FixedColumn<ulong>("UInt64"));
        Sum = Add("Sum", new NullableColumn<double>("Float64"));
        Min = Add("Min", new NullableColumn<double>("Float64"));
        Max = Add("Max", new NullableColumn<double>("Float64"));
        Scale = Add("Scale", new FixedColumn<int>("Int32"));
        ZeroCount = Add("ZeroCount", new FixedColumn<ulong>("UInt64"));
        ZeroThreshold = Add("ZeroThreshold", new FixedColumn<double>("Float64"));
        PositiveOffset = Add("PositiveOffset", new FixedColumn<int>("Int32"));
        PositiveBucketCounts = Add("PositiveBucketCounts", new ArrayColumn<FixedColumn<ulong>>(new FixedColumn<ulong>("UInt64")));
        NegativeOffset = Add("NegativeOffset", new FixedColumn<int>("Int32"));
        NegativeBucketCounts = Add("NegativeBucketCounts", new ArrayColumn<FixedColumn<ulong>>(new FixedColumn<ulong>("UInt64")));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "metric_exponential_histograms";

    public override FixedColumn<long> PartitionTime => Timestamp;

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Unix nanoseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>Unix nanoseconds; 0 when it was not sent.</summary>
    public FixedColumn<long> StartTimestamp { get; }

    public FixedColumn<ulong> Count { get; }

    public NullableColumn<double> Sum { get; }

    public NullableColumn<double> Min { get; }

    public NullableColumn<double> Max { get; }

    public FixedColumn<int> Scale { get; }

    public FixedColumn<ulong> ZeroCount { get; }

    public FixedColumn<double> ZeroThreshold { get; }

    public FixedColumn<int> PositiveOffset { get; }

    public ArrayColumn<FixedColumn<ulong>> PositiveBucketCounts { get; }

    public FixedColumn<int> NegativeOffset { get; }

    public ArrayColumn<FixedColumn<ulong>> NegativeBucketCounts { get; }

    public FixedColumn<uint> Flags { get; }
}
