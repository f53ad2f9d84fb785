using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>The tables of one signal while a batch fills, and the decoder that fills them.</summary>
internal abstract class SignalBatch
{
    protected SignalBatch(SignalCatalog catalog)
    {
        Catalog = catalog;
        Attributes = new AttributeDecoder();
        SideTables = new SideTables(catalog, Attributes);
    }

    /// <summary>Whether nothing more should go in, by other measures than rows and bytes.</summary>
    /// <remarks>
    /// Before a column runs out of paths, so that only a single request with hundreds of made-up keys ever meets the limit.
    /// </remarks>
    public virtual bool IsCrowded => SideTables.IsCrowded;

    public long ByteCount => Tables.Sum(static table => table.ByteCount);

    /// <summary>In the order in which they are inserted: what is referred to comes first, so that no reader meets an id without its row.</summary>
    public IReadOnlyList<ColumnBatch> Tables => field ??= [SideTables.Resources, SideTables.Scopes, SideTables.Fields, .. SignalTables()];

    /// <summary>What became of the records of the requests decoded since it was cleared.</summary>
    public ServiceTallies Tallies { get; } = new();

    protected SignalCatalog Catalog { get; }

    protected AttributeDecoder Attributes { get; }

    protected SideTables SideTables { get; }

    /// <summary>Appends the records of a validated request.</summary>
    /// <param name="request">Protobuf bytes.</param>
    /// <param name="receivedAt">Unix nanoseconds.</param>
    public abstract void Decode(ReadOnlySpan<byte> request, long receivedAt);

    /// <summary>Adds the rows that are known only when the batch is full. Call once, before it is inserted.</summary>
    public virtual void Finish()
    {
        SideTables.NoteFields(FieldSource.Resource, SideTables.Resources.Attributes);
        SideTables.NoteFields(FieldSource.Scope, SideTables.Scopes.Attributes);
    }

    /// <summary>The batch is in the engine.</summary>
    public virtual void Commit() => SideTables.Commit();

    /// <summary>The batch is in the engine: shows what only its signal has.</summary>
    public virtual void CountStored(IngestMeter meter)
    {
    }

    public virtual void Clear()
    {
        SideTables.Clear();
        Attributes.Clear();
        Tallies.Clear();
        foreach (ColumnBatch table in Tables)
        {
            table.Clear();
        }
    }

    protected abstract IEnumerable<ColumnBatch> SignalTables();

    protected static bool IsNearlyFull(int pathCount) => pathCount > AttributeDecoder.MaxPaths / 2;
}
