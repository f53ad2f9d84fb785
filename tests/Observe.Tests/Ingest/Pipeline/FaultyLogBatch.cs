using System.Text;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>The tables of logs with a decoder that fails half way through a request, which validation never lets happen.</summary>
internal sealed class FaultyLogBatch : SignalBatch
{
    /// <summary>A request that holds this text cannot be decoded.</summary>
    public const string Trigger = "undecodable";

    private readonly LogBatch _logs = new();
    private readonly LogsDecoder _decoder;

    public FaultyLogBatch(SignalCatalog catalog)
        : base(catalog) => _decoder = new LogsDecoder(_logs, catalog, SideTables, Attributes, Tallies);

    public override bool IsCrowded => false;

    public override void Decode(ReadOnlySpan<byte> request, long receivedAt)
    {
        _decoder.Decode(request, receivedAt);
        if (request.IndexOf(Encoding.UTF8.GetBytes(Trigger)) >= 0)
        {
            throw new InvalidOperationException("A fault of the decoder.");
        }
    }

    protected override IEnumerable<ColumnBatch> SignalTables() => [_logs];
}
