using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of histograms with explicit bounds.</summary>
public sealed class HistogramPointBatch : MetricPointBatch
{
    public HistogramPointBatch()
    {
        Count = Add("Count", new FixedColumn<ulong>("UInt64"));
        Sum = Add("Sum", new NullableColumn<double>("Float64"));
        Min = Add("Min", new NullableColumn<double>("Float64"));
        Max = Add("Max", new NullableColumn<double>("Float64"));
        BoundsId = Add("BoundsId", new FixedColumn<ulong>("UInt64"));
        BucketCounts = Add("BucketCounts", new ArrayColumn<FixedColumn<ulong>>(new FixedColumn<ulong>("UInt64")));
    }

    public override string Table => "histogram_points";

    public FixedColumn<ulong> Count { get; }

    public NullableColumn<double> Sum { get; }

    public NullableColumn<double> Min { get; }

    public NullableColumn<double> Max { get; }

    /// <summary>Its bounds in <see cref="HistogramBoundsBatch"/>.</summary>
    public FixedColumn<ulong> BoundsId { get; }

    /// <summary>One more than there are bounds; or none where there are none.</summary>
    public ArrayColumn<FixedColumn<ulong>> BucketCounts { get; }
}
