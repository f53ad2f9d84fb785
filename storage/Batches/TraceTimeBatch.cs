using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>From a trace to the time its spans lie in, one row for each trace of a batch of spans. The engine folds rows of one trace.</summary>
public sealed class TraceTimeBatch : ColumnBatch
{
    public TraceTimeBatch()
    {
        TraceId = Add("TraceId", new FixedStringColumn(16));
        Start = Add("Start", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        End = Add("End", new FixedColumn<long>("DateTime64(9, 'UTC')"));
    }

    public override string Table => "trace_times";

    public FixedStringColumn TraceId { get; }

    /// <summary>The earliest start of a span of the trace in the batch, Unix nanoseconds.</summary>
    public FixedColumn<long> Start { get; }

    /// <summary>The latest start of a span of the trace in the batch, Unix nanoseconds.</summary>
    public FixedColumn<long> End { get; }
}
