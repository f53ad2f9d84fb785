using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of summaries.</summary>
public sealed class MetricSummaryBatch : ColumnBatch
{
    public MetricSummaryBatch()
    {
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        StartTimestamp = Add("StartTimestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        Count = Add("Count", new FixedColumn<ulong>("UInt64"));
        Sum = Add("Sum", new FixedColumn<double>("Float64"));
        Quantiles = Add("Quantiles", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
        Values = Add("Values", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "metric_summaries";

    public override FixedColumn<long> PartitionTime => Timestamp;

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Unix nanoseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>Unix nanoseconds; 0 when it was not sent.</summary>
    public FixedColumn<long> StartTimestamp { get; }

    public FixedColumn<ulong> Count { get; }

    public FixedColumn<double> Sum { get; }

    public ArrayColumn<FixedColumn<double>> Quantiles { get; }

    /// <summary>The value at the quantile of the same index.</summary>
    public ArrayColumn<FixedColumn<double>> Values { get; }

    public FixedColumn<uint> Flags { get; }
}
