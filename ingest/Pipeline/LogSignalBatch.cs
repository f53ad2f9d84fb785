using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>The tables of logs.</summary>
internal sealed class LogSignalBatch : SignalBatch
{
    private readonly LogBatch _logs = new();
    private readonly LogsDecoder _decoder;

    public LogSignalBatch(SignalCatalog catalog)
        : base(catalog) => _decoder = new LogsDecoder(_logs, catalog, SideTables, Attributes, Tallies);

    public override bool IsCrowded => base.IsCrowded || IsNearlyFull(_logs.Attributes.PathCount) || IsNearlyFull(_logs.BodyFields.PathCount);

    public override void Decode(ReadOnlySpan<byte> request, long receivedAt) => _decoder.Decode(request, receivedAt);

    public override void Finish()
    {
        base.Finish();
        SideTables.NoteFields(FieldSource.Attribute, _logs.Attributes);
        SideTables.NoteFields(FieldSource.Body, _logs.BodyFields);
    }

    protected override IEnumerable<ColumnBatch> SignalTables() => [_logs];
}
