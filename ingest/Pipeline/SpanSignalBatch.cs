using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>The tables of traces.</summary>
internal sealed class SpanSignalBatch : SignalBatch
{
    private readonly SpanBatch _spans = new();
    private readonly TraceTimes _traceTimes = new();
    private readonly TracesDecoder _decoder;

    public SpanSignalBatch(SignalCatalog catalog)
        : base(catalog) => _decoder = new TracesDecoder(_spans, _traceTimes, catalog, SideTables, Attributes, Tallies);

    public override bool IsCrowded => base.IsCrowded || IsNearlyFull(_spans.Attributes.PathCount);

    public override void Decode(ReadOnlySpan<byte> request, long receivedAt) => _decoder.Decode(request, receivedAt);

    public override void Finish()
    {
        base.Finish();
        SideTables.NoteFields(FieldSource.Attribute, _spans.Attributes);
        _traceTimes.Finish();
    }

    public override void Clear()
    {
        base.Clear();
        _traceTimes.Clear();
    }

    protected override IEnumerable<ColumnBatch> SignalTables() => [_traceTimes.Rows, _spans];
}
