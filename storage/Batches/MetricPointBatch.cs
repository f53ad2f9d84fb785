using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>What the points of all kinds of metrics have. Their times are milliseconds: no question asks for less, and the rest would be random bits.</summary>
public abstract class MetricPointBatch : ColumnBatch
{
    private const string Milliseconds = "DateTime64(3, 'UTC')";

    protected MetricPointBatch()
    {
        MetricName = Add("MetricName", new LowCardinalityColumn());
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>(Milliseconds));
        StartTimestamp = Add("StartTimestamp", new FixedColumn<long>(Milliseconds));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
    }

    public sealed override FixedColumn<long> PartitionTime => Timestamp;

    /// <summary>The name of its series' metric, because points are stored in the order of their names.</summary>
    public LowCardinalityColumn MetricName { get; }

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Unix milliseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>Unix milliseconds; 0 when it was not sent.</summary>
    public FixedColumn<long> StartTimestamp { get; }

    /// <summary>OTLP's flags of a data point: 1 says that it has no recorded value.</summary>
    public FixedColumn<uint> Flags { get; }

    protected sealed override long PartitionDay => 86_400_000;
}
