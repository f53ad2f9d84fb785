using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of histograms with explicit bounds.</summary>
public sealed class MetricHistogramBatch : ColumnBatch
{
    public MetricHistogramBatch()
    {
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        StartTimestamp = Add("StartTimestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        Count = Add("Count", new FixedColumn<ulong>("UInt64"));
        Sum = Add("Sum", new NullableColumn<double>("Float64"));
        Min = Add("Min", new NullableColumn<double>("Float64"));
        Max = Add("Max", new NullableColumn<double>("Float64"));
        ExplicitBounds = Add("ExplicitBounds", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
        BucketCounts = Add("BucketCounts", new ArrayColumn<FixedColumn<ulong>>(new FixedColumn<ulong>("UInt64")));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "metric_histograms";

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

    public ArrayColumn<FixedColumn<double>> ExplicitBounds { get; }

    public ArrayColumn<FixedColumn<ulong>> BucketCounts { get; }

    public FixedColumn<uint> Flags { get; }
}
