using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Metric series, one row for each day on which a series was seen.</summary>
public sealed class MetricSeriesBatch : ColumnBatch
{
    public MetricSeriesBatch()
    {
        Day = Add("Day", new FixedColumn<ushort>("Date"));
        SeriesId = Add("SeriesId", new FixedColumn<ulong>("UInt64"));
        MetricName = Add("MetricName", new StringColumn());
        Type = Add("Type", new FixedColumn<sbyte>("Int8"));
        Unit = Add("Unit", new StringColumn());
        Description = Add("Description", new StringColumn());
        Temporality = Add("Temporality", new FixedColumn<sbyte>("Int8"));
        IsMonotonic = Add("IsMonotonic", new FixedColumn<byte>("Bool"));
        ServiceName = Add("ServiceName", new StringColumn());
        ResourceId = Add("ResourceId", new FixedColumn<ulong>("UInt64"));
        ScopeId = Add("ScopeId", new FixedColumn<ulong>("UInt64"));
        ScopeName = Add("ScopeName", new StringColumn());
        Attributes = Add("Attributes", new JsonColumn());
        Metadata = Add("Metadata", new JsonColumn());
    }

    public override string Table => "metric_series";

    /// <summary>Days since 1970-01-01 (UTC) on which it was seen.</summary>
    public FixedColumn<ushort> Day { get; }

    public FixedColumn<ulong> SeriesId { get; }

    public StringColumn MetricName { get; }

    /// <summary>A <see cref="MetricType"/>.</summary>
    public FixedColumn<sbyte> Type { get; }

    public StringColumn Unit { get; }

    public StringColumn Description { get; }

    /// <summary>0 unspecified, 1 delta, 2 cumulative.</summary>
    public FixedColumn<sbyte> Temporality { get; }

    public FixedColumn<byte> IsMonotonic { get; }

    public StringColumn ServiceName { get; }

    public FixedColumn<ulong> ResourceId { get; }

    public FixedColumn<ulong> ScopeId { get; }

    public StringColumn ScopeName { get; }

    /// <summary>The labels.</summary>
    public JsonColumn Attributes { get; }

    public JsonColumn Metadata { get; }
}
