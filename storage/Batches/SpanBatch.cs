using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>Spans, one row each.</summary>
/// <remarks>The columns of events (and of links) are arrays of one length within a row.</remarks>
public sealed class SpanBatch : ColumnBatch
{
    public SpanBatch()
    {
        Timestamp = Add("Timestamp", new FixedColumn<long>("DateTime64(9, 'UTC')"));
        DurationNs = Add("DurationNs", new FixedColumn<long>("Int64"));
        TraceId = Add("TraceId", new FixedStringColumn(16));
        SpanId = Add("SpanId", new FixedStringColumn(8));
        ParentSpanId = Add("ParentSpanId", new FixedStringColumn(8));
        TraceState = Add("TraceState", new StringColumn());
        Flags = Add("Flags", new FixedColumn<uint>("UInt32"));
        Name = Add("Name", new StringColumn());
        Kind = Add("Kind", new FixedColumn<sbyte>("Int8"));
        StatusCode = Add("StatusCode", new FixedColumn<sbyte>("Int8"));
        StatusMessage = Add("StatusMessage", new StringColumn());
        ServiceName = Add("ServiceName", new StringColumn());
        ResourceId = Add("ResourceId", new FixedColumn<ulong>("UInt64"));
        ScopeId = Add("ScopeId", new FixedColumn<ulong>("UInt64"));
        ScopeName = Add("ScopeName", new StringColumn());
        Attributes = Add("Attributes", new JsonColumn());
        DroppedAttributesCount = Add("DroppedAttributesCount", new FixedColumn<uint>("UInt32"));
        EventsTimestamp = Add("Events.Timestamp", new ArrayColumn<FixedColumn<long>>(new FixedColumn<long>("DateTime64(9, 'UTC')")));
        EventsName = Add("Events.Name", new ArrayColumn<StringColumn>(new StringColumn()));
        EventsAttributes = Add("Events.Attributes", new ArrayColumn<StringColumn>(new StringColumn()));
        EventsDroppedAttributesCount = Add("Events.DroppedAttributesCount", new ArrayColumn<FixedColumn<uint>>(new FixedColumn<uint>("UInt32")));
        DroppedEventsCount = Add("DroppedEventsCount", new FixedColumn<uint>("UInt32"));
        LinksTraceId = Add("Links.TraceId", new ArrayColumn<FixedStringColumn>(new FixedStringColumn(16)));
        LinksSpanId = Add("Links.SpanId", new ArrayColumn<FixedStringColumn>(new FixedStringColumn(8)));
        LinksTraceState = Add("Links.TraceState", new ArrayColumn<StringColumn>(new StringColumn()));
        LinksFlags = Add("Links.Flags", new ArrayColumn<FixedColumn<uint>>(new FixedColumn<uint>("UInt32")));
        LinksAttributes = Add("Links.Attributes", new ArrayColumn<StringColumn>(new StringColumn()));
        LinksDroppedAttributesCount = Add("Links.DroppedAttributesCount", new ArrayColumn<FixedColumn<uint>>(new FixedColumn<uint>("UInt32")));
        DroppedLinksCount = Add("DroppedLinksCount", new FixedColumn<uint>("UInt32"));
        CorrelationIds = Add("CorrelationIds", new ArrayColumn<StringColumn>(new StringColumn()));
    }

    public override string Table => "spans";

    public override FixedColumn<long> PartitionTime => Timestamp;

    /// <summary>Start, in Unix nanoseconds.</summary>
    public FixedColumn<long> Timestamp { get; }

    /// <summary>End minus start; negative when the sender's clock ran backwards.</summary>
    public FixedColumn<long> DurationNs { get; }

    public FixedStringColumn TraceId { get; }

    public FixedStringColumn SpanId { get; }

    public FixedStringColumn ParentSpanId { get; }

    public StringColumn TraceState { get; }

    public FixedColumn<uint> Flags { get; }

    public StringColumn Name { get; }

    /// <summary>0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</summary>
    public FixedColumn<sbyte> Kind { get; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public FixedColumn<sbyte> StatusCode { get; }

    public StringColumn StatusMessage { get; }

    public StringColumn ServiceName { get; }

    public FixedColumn<ulong> ResourceId { get; }

    public FixedColumn<ulong> ScopeId { get; }

    public StringColumn ScopeName { get; }

    public JsonColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    public ArrayColumn<FixedColumn<long>> EventsTimestamp { get; }

    public ArrayColumn<StringColumn> EventsName { get; }

    /// <summary>Each event's attributes as JSON text.</summary>
    public ArrayColumn<StringColumn> EventsAttributes { get; }

    public ArrayColumn<FixedColumn<uint>> EventsDroppedAttributesCount { get; }

    public FixedColumn<uint> DroppedEventsCount { get; }

    public ArrayColumn<FixedStringColumn> LinksTraceId { get; }

    public ArrayColumn<FixedStringColumn> LinksSpanId { get; }

    public ArrayColumn<StringColumn> LinksTraceState { get; }

    public ArrayColumn<FixedColumn<uint>> LinksFlags { get; }

    /// <summary>Each link's attributes as JSON text.</summary>
    public ArrayColumn<StringColumn> LinksAttributes { get; }

    public ArrayColumn<FixedColumn<uint>> LinksDroppedAttributesCount { get; }

    public FixedColumn<uint> DroppedLinksCount { get; }

    /// <summary>The ids by which records of one matter find each other, each once and in its <see cref="Correlation.CanonicalId"/> form.</summary>
    public ArrayColumn<StringColumn> CorrelationIds { get; }
}
