using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Exemplars: measurements with the trace in which they were taken.</summary>
public sealed class ExemplarBatch : ColumnBatch
{
    public ExemplarBatch()
    {
        MetricName = Add("MetricName", new LowCardinalityColumn());
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        Value = Add("Value", new FixedColumn<double>("Float64"));
        ValueType = Add("ValueType", new FixedColumn<sbyte>("Int8"));
        IntRemainder = Add("IntRemainder", new FixedColumn<short>("Int16"));
        TraceId = Add("TraceId", new FixedStringColumn(16));
        SpanId = Add("SpanId", new FixedStringColumn(8));
        Attributes = Add("Attributes", new JsonColumn());
    }

    public override string Table => "exemplars";

    public override FixedColumn<long> PartitionTime => Timestamp;

    /// <summary>The name of its series' metric, because exemplars are stored in the order of their names.</summary>
    public LowCardinalityColumn MetricName { get; }

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Unix nanoseconds, as the spans have that it leads to.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>The value; an integer as the nearest double.</summary>
    public FixedColumn<double> Value { get; }

    /// <summary>A <see cref="PointValueType"/>.</summary>
    public FixedColumn<sbyte> ValueType { get; }

    /// <summary>What an integer lost in <c>Value</c>: the exact integer is Value plus this.</summary>
    public FixedColumn<short> IntRemainder { get; }

    public FixedStringColumn TraceId { get; }

    public FixedStringColumn SpanId { get; }

    /// <summary>The filtered attributes.</summary>
    public JsonColumn Attributes { get; }
}
