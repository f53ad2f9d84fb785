using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>The tables that metrics go to.</summary>
internal sealed class MetricBatches
{
    public MetricSeriesBatch Series { get; } = new();

    public HistogramBoundsBatch HistogramBounds { get; } = new();

    public NumberPointBatch Numbers { get; } = new();

    public HistogramPointBatch Histograms { get; } = new();

    public ExponentialHistogramPointBatch ExponentialHistograms { get; } = new();

    public SummaryPointBatch Summaries { get; } = new();

    public ExemplarBatch Exemplars { get; } = new();

    public MetricRefusalBatch Refusals { get; } = new();

    /// <summary>In the order in which they are inserted: what is referred to comes first.</summary>
    public IEnumerable<ColumnBatch> All => [Series, HistogramBounds, Numbers, Histograms, ExponentialHistograms, Summaries, Exemplars, Refusals];
}
