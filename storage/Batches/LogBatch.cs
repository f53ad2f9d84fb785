using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Log records, one row each.</summary>
public sealed class LogBatch : ColumnBatch
{
    public LogBatch()
    {
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        ObservedTimestamp = Add("ObservedTimestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        TraceId = Add("TraceId", new FixedStringColumn(16));
        SpanId = Add("SpanId", new FixedStringColumn(8));
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
        SeverityNumber = Add("SeverityNumber", new FixedColumn<byte>("UInt8"));
        SeverityText = Add("SeverityText", new StringColumn());
        EventName = Add("EventName", new StringColumn());
        ServiceName = Add("ServiceName", new StringColumn());
        ResourceId = Add("ResourceId", new FixedColumn<ulong>("UInt64"));
        ScopeId = Add("ScopeId", new FixedColumn<ulong>("UInt64"));
        ScopeName = Add("ScopeName", new StringColumn());
        BodyType = Add("BodyType", new FixedColumn<sbyte>("Int8"));
        Body = Add("Body", new StringColumn());
        BodyFields = Add("BodyFields", new JsonColumn());
        Attributes = Add("Attributes", new JsonColumn());
        DroppedAttributesCount = Add("DroppedAttributesCount", new FixedColumn<uint>("UInt32"));
        CorrelationIds = Add("CorrelationIds", new ArrayColumn<StringColumn>(new StringColumn()));
    }

    public override string Table => "logs";

    public override FixedColumn<long> PartitionTime => Timestamp;

    /// <summary>Unix nanoseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>Unix nanoseconds; 0 when it was not sent.</summary>
    public FixedColumn<long> ObservedTimestamp { get; }

    public FixedStringColumn TraceId { get; }

    public FixedStringColumn SpanId { get; }

    public FixedColumn<uint> Flags { get; }

    public FixedColumn<byte> SeverityNumber { get; }

    public StringColumn SeverityText { get; }

    public StringColumn EventName { get; }

    public StringColumn ServiceName { get; }

    public FixedColumn<ulong> ResourceId { get; }

    public FixedColumn<ulong> ScopeId { get; }

    public StringColumn ScopeName { get; }

    /// <summary>A <see cref="BodyType"/>.</summary>
    public FixedColumn<sbyte> BodyType { get; }

    /// <summary>The text; a scalar as text; a map or list as JSON text; bytes as base64.</summary>
    public StringColumn Body { get; }

    /// <summary>The leaves of a body that is a map.</summary>
    public JsonColumn BodyFields { get; }

    public JsonColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    /// <summary>The ids by which records of one matter find each other, each once and in its <see cref="Correlation.CanonicalId"/> form.</summary>
    public ArrayColumn<StringColumn> CorrelationIds { get; }
}
