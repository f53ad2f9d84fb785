using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points that were refused because their metric had reached a limit of series or values. Rows of one key add up.</summary>
public sealed class MetricRefusalBatch : ColumnBatch
{
    public MetricRefusalBatch()
    {
        Minute = Add("Minute", new FixedColumn<uint>("DateTime('UTC')"));
        MetricName = Add("MetricName", new StringColumn());
        AttributeKey = Add("AttributeKey", new StringColumn());
        ServiceName = Add("ServiceName", new StringColumn());
        Points = Add("Points", new FixedColumn<ulong>("UInt64"));
    }

    public override string Table => "metric_refusals";

    /// <summary>Unix seconds of the minute of the points' own times.</summary>
    public FixedColumn<uint> Minute { get; }

    public StringColumn MetricName { get; }

    /// <summary>The attribute that had too many values; empty where the metric had too many series.</summary>
    public StringColumn AttributeKey { get; }

    public StringColumn ServiceName { get; }

    public FixedColumn<ulong> Points { get; }
}
