using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of gauges and sums.</summary>
public sealed class MetricPointBatch : ColumnBatch
{
    public MetricPointBatch()
    {
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        StartTimestamp = Add("StartTimestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        Value = Add("Value", new FixedColumn<double>("Float64"));
        ValueType = Add("ValueType", new FixedColumn<sbyte>("Int8"));
        IntRemainder = Add("IntRemainder", new FixedColumn<short>("Int16"));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "metric_points";

    public override FixedColumn<long> PartitionTime => Timestamp;

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Unix nanoseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>Unix nanoseconds; 0 when it was not sent.</summary>
    public FixedColumn<long> StartTimestamp { get; }

    /// <summary>The value; an integer as the nearest double.</summary>
    public FixedColumn<double> Value { get; }

    /// <summary>A <see cref="PointValueType"/>.</summary>
    public FixedColumn<sbyte> ValueType { get; }

    /// <summary>What an integer lost in <c>Value</c>: the exact integer is Value plus this.</summary>
    public FixedColumn<short> IntRemainder { get; }

    public FixedColumn<uint> Flags { get; }
}
