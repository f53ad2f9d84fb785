using Observe.Query.Search;

namespace Observe.Query.Compilation;

/// <summary>What is selected to build a record, under names that no column has, so that conditions and orders mean the columns.</summary>
public static class RecordColumns
{
    private const string Common = "ServiceName, ResourceId, ScopeId, ScopeName, Attributes";

    private const string Timed = Common + """
        ,
          toUnixTimestamp64Nano(Timestamp) AS TimestampNs, lower(hex(TraceId)) AS TraceIdHex, lower(hex(SpanId)) AS SpanIdHex, Flags, DroppedAttributesCount
        """;

    private const string Logs = Timed + """
        ,
          toUnixTimestamp64Nano(ObservedTimestamp) AS ObservedNs, SeverityNumber, SeverityText, EventName, toString(BodyType) AS BodyKind, Body
        """;

    private const string Spans = Timed + """
        ,
          DurationNs, lower(hex(ParentSpanId)) AS ParentSpanIdHex, TraceState, Name, toInt8(Kind) AS KindNumber,
          toInt8(StatusCode) AS StatusNumber, StatusMessage,
          arrayMap(t -> toUnixTimestamp64Nano(t), Events.Timestamp) AS EventTimes, Events.Name AS EventNames,
          Events.Attributes AS EventAttributes, Events.DroppedAttributesCount AS EventDropped, DroppedEventsCount,
          arrayMap(id -> lower(hex(id)), Links.TraceId) AS LinkTraceIds, arrayMap(id -> lower(hex(id)), Links.SpanId) AS LinkSpanIds,
          Links.TraceState AS LinkTraceStates, Links.Flags AS LinkFlags, Links.Attributes AS LinkAttributes,
          Links.DroppedAttributesCount AS LinkDropped, DroppedLinksCount
        """;

    private const string Series = Common + """
        ,
          SeriesId, MetricName, toString(Type) AS TypeName, Unit, Description, toString(Temporality) AS TemporalityName, IsMonotonic,
          toUInt16(Day) AS DayNumber, Metadata
        """;

    public static string Of(SearchSignal signal) => signal switch
    {
        SearchSignal.Logs => Logs,
        SearchSignal.Spans => Spans,
        _ => Series,
    };
}
