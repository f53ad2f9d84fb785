using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Instrumentation scopes, one row for each day on which a scope was seen.</summary>
public sealed class ScopeBatch : ColumnBatch
{
    public ScopeBatch()
    {
        Day = Add("Day", new FixedColumn<ushort>("Date"));
        ScopeId = Add("ScopeId", new FixedColumn<ulong>("UInt64"));
        Name = Add("Name", new StringColumn());
        Version = Add("Version", new StringColumn());
        SchemaUrl = Add("SchemaUrl", new StringColumn());
        Attributes = Add("Attributes", new JsonColumn());
        DroppedAttributesCount = Add("DroppedAttributesCount", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "scopes";

    /// <summary>Days since 1970-01-01 (UTC) on which it was seen.</summary>
    public FixedColumn<ushort> Day { get; }

    public FixedColumn<ulong> ScopeId { get; }

    public StringColumn Name { get; }

    public StringColumn Version { get; }

    public StringColumn SchemaUrl { get; }

    public JsonColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }
}
