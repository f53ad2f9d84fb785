using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Points of summaries.</summary>
public sealed class SummaryPointBatch : MetricPointBatch
{
    public SummaryPointBatch()
    {
        Count = Add("Count", new FixedColumn<ulong>("UInt64"));
        Sum = Add("Sum", new FixedColumn<double>("Float64"));
        Quantiles = Add("Quantiles", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
        Values = Add("Values", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
    }

    public override string Table => "summary_points";

    public FixedColumn<ulong> Count { get; }

    public FixedColumn<double> Sum { get; }

    public ArrayColumn<FixedColumn<double>> Quantiles { get; }

    /// <summary>The value at the quantile of the same index.</summary>
    public ArrayColumn<FixedColumn<double>> Values { get; }
}
