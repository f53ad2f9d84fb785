using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Resources, one row for each day on which a resource was seen.</summary>
public sealed class ResourceBatch : ColumnBatch
{
    public ResourceBatch()
    {
        Day = Add("Day", new FixedColumn<ushort>("Date"));
        ResourceId = Add("ResourceId", new FixedColumn<ulong>("UInt64"));
        ServiceName = Add("ServiceName", new StringColumn());
        ServiceNamespace = Add("ServiceNamespace", new StringColumn());
        SchemaUrl = Add("SchemaUrl", new StringColumn());
        Attributes = Add("Attributes", new JsonColumn());
        DroppedAttributesCount = Add("DroppedAttributesCount", new FixedColumn<uint>("UInt32"));
    }

    public override string Table => "resources";

    /// <summary>Days since 1970-01-01 (UTC) on which it was seen.</summary>
    public FixedColumn<ushort> Day { get; }

    public FixedColumn<ulong> ResourceId { get; }

    public StringColumn ServiceName { get; }

    public StringColumn ServiceNamespace { get; }

    public StringColumn SchemaUrl { get; }

    public JsonColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }
}
