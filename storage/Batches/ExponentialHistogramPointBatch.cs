using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of exponential histograms.</summary>
public sealed class ExponentialHistogramPointBatch : MetricPointBatch
{
    public ExponentialHistogramPointBatch()
    {
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
    }

    public override string Table => "exponential_histogram_points";

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
}
