using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of gauges and sums.</summary>
public sealed class NumberPointBatch : MetricPointBatch
{
    public NumberPointBatch()
    {
        Value = Add("Value", new FixedColumn<double>("Float64"));
        ValueType = Add("ValueType", new FixedColumn<sbyte>("Int8"));
        IntRemainder = Add("IntRemainder", new FixedColumn<short>("Int16"));
    }

    public override string Table => "number_points";

    /// <summary>The value; an integer as the nearest double.</summary>
    public FixedColumn<double> Value { get; }

    /// <summary>A <see cref="PointValueType"/>.</summary>
    public FixedColumn<sbyte> ValueType { get; }

    /// <summary>What an integer lost in <c>Value</c>: the exact integer is Value plus this.</summary>
    public FixedColumn<short> IntRemainder { get; }
}
