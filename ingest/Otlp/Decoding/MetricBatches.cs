using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>The tables that metrics go to.</summary>
internal sealed class MetricBatches
{
    public MetricSeriesBatch Series { get; } = new();

    public MetricPointBatch Points { get; } = new();

    public MetricHistogramBatch Histograms { get; } = new();

    public MetricExponentialHistogramBatch ExponentialHistograms { get; } = new();

    public MetricSummaryBatch Summaries { get; } = new();

    public MetricExemplarBatch Exemplars { get; } = new();

    /// <summary>In the order in which they are inserted: what is referred to comes first.</summary>
    public IEnumerable<ColumnBatch> All => [Series, Points, Histograms, ExponentialHistograms, Summaries, Exemplars];
}
