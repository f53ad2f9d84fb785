using Observe.Ingest.Cardinality;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>The tables of metrics.</summary>
internal sealed class MetricSignalBatch : SignalBatch
{
    private readonly MetricBatches _metrics = new();
    private readonly RefusedPoints _refused;
    private readonly SeriesDecoder _series;
    private readonly BoundsDecoder _bounds;
    private readonly MetricsDecoder _decoder;

    public MetricSignalBatch(SignalCatalog catalog)
        : base(catalog)
    {
        _refused = new RefusedPoints(_metrics.Refusals);
        _series = new SeriesDecoder(_metrics.Series, catalog, SideTables, Attributes, _refused);
        _bounds = new BoundsDecoder(_metrics.HistogramBounds, catalog);
        _decoder = new MetricsDecoder(_metrics, catalog, _series, _bounds, new ExemplarDecoder(_metrics.Exemplars, Attributes), Tallies);
    }

    public override bool IsCrowded => base.IsCrowded || IsNearlyFull(_metrics.Series.Attributes.PathCount) || IsNearlyFull(_metrics.Exemplars.Attributes.PathCount);

    public override void Decode(ReadOnlySpan<byte> request, long receivedAt)
    {
        Catalog.Admission.Update();
        _decoder.Decode(request, receivedAt);
    }

    public override void Finish()
    {
        base.Finish();
        SideTables.NoteFields(FieldSource.Attribute, _metrics.Series.Attributes);
        _refused.Finish();
    }

    public override void Commit()
    {
        base.Commit();
        _series.Commit();
        _bounds.Commit();
        Catalog.Admission.Committed();
    }

    public override void CountStored(IngestMeter meter) => _refused.Count(meter);

    public override void Clear()
    {
        base.Clear();
        _refused.Clear();
        _series.Clear();
        _bounds.Clear();
    }

    protected override IEnumerable<ColumnBatch> SignalTables() => _metrics.All;
}
