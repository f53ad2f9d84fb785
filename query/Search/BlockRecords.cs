using System.Globalization;
using Observe.Query.Time;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>The rows of one block as records. Columns are found once for the block.</summary>
internal sealed class BlockRecords(
    ResultBlock block,
    IReadOnlyDictionary<ulong, ReferencedAttributes> resources,
    IReadOnlyDictionary<ulong, ReferencedAttributes> scopes)
{
    private readonly Dictionary<string, ResultColumn> _columns = block.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    public LogRecord Log(int row)
    {
        ReferencedAttributes resource = resources[_columns["ResourceId"].GetUInt64(row)];
        ReferencedAttributes scope = scopes[_columns["ScopeId"].GetUInt64(row)];
        string bodyType = Text("BodyKind", row);
        string body = Text("Body", row);
        return new LogRecord
        {
            Timestamp = Int64("TimestampNs", row),
            ServiceName = Text("ServiceName", row),
            TraceId = Id(Text("TraceIdHex", row)),
            SpanId = Id(Text("SpanIdHex", row)),
            Flags = UInt32("Flags", row),
            ScopeName = Text("ScopeName", row),
            ScopeVersion = scope.Version,
            Attributes = Map("Attributes", row),
            ResourceAttributes = resource.Attributes,
            ScopeAttributes = scope.Attributes,
            DroppedAttributesCount = UInt32("DroppedAttributesCount", row),
            ResourceSchemaUrl = resource.SchemaUrl,
            ResourceDroppedAttributesCount = resource.DroppedAttributesCount,
            ScopeSchemaUrl = scope.SchemaUrl,
            ScopeDroppedAttributesCount = scope.DroppedAttributesCount,
            ObservedTimestamp = Int64("ObservedNs", row),
            SeverityNumber = (byte)UInt32("SeverityNumber", row),
            SeverityText = Text("SeverityText", row),
            EventName = Text("EventName", row),
            BodyText = body,
            Body = LogBody.Read(bodyType, body),
            BodyType = bodyType,
        };
    }

    public SpanRecord Span(int row)
    {
        ReferencedAttributes resource = resources[_columns["ResourceId"].GetUInt64(row)];
        ReferencedAttributes scope = scopes[_columns["ScopeId"].GetUInt64(row)];
        return new SpanRecord
        {
            Timestamp = Int64("TimestampNs", row),
            ServiceName = Text("ServiceName", row),
            TraceId = Id(Text("TraceIdHex", row)),
            SpanId = Id(Text("SpanIdHex", row)),
            Flags = UInt32("Flags", row),
            ScopeName = Text("ScopeName", row),
            ScopeVersion = scope.Version,
            Attributes = Map("Attributes", row),
            ResourceAttributes = resource.Attributes,
            ScopeAttributes = scope.Attributes,
            DroppedAttributesCount = UInt32("DroppedAttributesCount", row),
            ResourceSchemaUrl = resource.SchemaUrl,
            ResourceDroppedAttributesCount = resource.DroppedAttributesCount,
            ScopeSchemaUrl = scope.SchemaUrl,
            ScopeDroppedAttributesCount = scope.DroppedAttributesCount,
            Name = Text("Name", row),
            DurationNs = Int64("DurationNs", row),
            ParentSpanId = Id(Text("ParentSpanIdHex", row)),
            TraceState = Text("TraceState", row),
            Kind = (SpanKind)Int64("KindNumber", row),
            Status = (SpanStatus)Int64("StatusNumber", row),
            StatusMessage = Text("StatusMessage", row),
            Events = Events(row),
            DroppedEventsCount = UInt32("DroppedEventsCount", row),
            Links = Links(row),
            DroppedLinksCount = UInt32("DroppedLinksCount", row),
        };
    }

    public SeriesRecord Series(int row)
    {
        ReferencedAttributes resource = resources[_columns["ResourceId"].GetUInt64(row)];
        ReferencedAttributes scope = scopes[_columns["ScopeId"].GetUInt64(row)];
        return new SeriesRecord
        {
            ServiceName = Text("ServiceName", row),
            ScopeName = Text("ScopeName", row),
            ScopeVersion = scope.Version,
            Attributes = Map("Attributes", row),
            ResourceAttributes = resource.Attributes,
            ScopeAttributes = scope.Attributes,
            ResourceSchemaUrl = resource.SchemaUrl,
            ResourceDroppedAttributesCount = resource.DroppedAttributesCount,
            ScopeSchemaUrl = scope.SchemaUrl,
            ScopeDroppedAttributesCount = scope.DroppedAttributesCount,
            SeriesId = _columns["SeriesId"].GetUInt64(row).ToString("x16", CultureInfo.InvariantCulture),
            Name = Text("MetricName", row),
            Type = Text("TypeName", row),
            Unit = Text("Unit", row),
            Description = Text("Description", row),
            Temporality = Text("TemporalityName", row),
            IsMonotonic = _columns["IsMonotonic"].GetValue(row) is true,
            LastDay = UnixDay.Date((long)_columns["DayNumber"].GetUInt64(row)),
            Metadata = Map("Metadata", row),
        };
    }

    private SpanEvent[] Events(int row)
    {
        object?[] times = Array("EventTimes", row);
        object?[] names = Array("EventNames", row);
        object?[] attributes = Array("EventAttributes", row);
        object?[] dropped = Array("EventDropped", row);
        var events = new SpanEvent[times.Length];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = new SpanEvent((long)times[i]!, (string)names[i]!, JsonText.ParseAttributes((string)attributes[i]!), (uint)(long)dropped[i]!);
        }

        return events;
    }

    private SpanLink[] Links(int row)
    {
        object?[] traceIds = Array("LinkTraceIds", row);
        object?[] spanIds = Array("LinkSpanIds", row);
        object?[] states = Array("LinkTraceStates", row);
        object?[] flags = Array("LinkFlags", row);
        object?[] attributes = Array("LinkAttributes", row);
        object?[] dropped = Array("LinkDropped", row);
        var links = new SpanLink[traceIds.Length];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new SpanLink(
                Id((string)traceIds[i]!), Id((string)spanIds[i]!), (string)states[i]!, (uint)(long)flags[i]!,
                JsonText.ParseAttributes((string)attributes[i]!), (uint)(long)dropped[i]!);
        }

        return links;
    }

    /// <summary>An id that was not sent is zeros in the table and empty in a record.</summary>
    private static string Id(string hex) => hex.AsSpan().ContainsAnyExcept('0') ? hex : "";

    private IReadOnlyDictionary<string, object?> Map(string column, int row) =>
        (IReadOnlyDictionary<string, object?>)_columns[column].GetValue(row)!;

    private string Text(string column, int row) => _columns[column].GetString(row);

    private long Int64(string column, int row) => _columns[column].GetInt64(row);

    private uint UInt32(string column, int row) => (uint)_columns[column].GetUInt64(row);

    private object?[] Array(string column, int row) => (object?[])_columns[column].GetValue(row)!;
}
