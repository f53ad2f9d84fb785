using Observe.Query.Search;
using Observe.Query.Traces;

namespace Observe.Tests.Ui;

/// <summary>Records with what a test is about; the rest is empty.</summary>
internal static class SpanSamples
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static readonly Dictionary<string, object?> None = [];

    public static Trace TraceOf(IReadOnlyList<SpanRecord> spans, params LogRecord[] logs) =>
        new(TraceId, new TraceSummary(null, null, null, null, spans.Count, 0, [], 0, 0, 0, 0, 0), spans, new SpanIssues[spans.Count], logs, []);

    public static SpanRecord Span(
        string id, string parent, long start, long duration, string service = "web", SpanStatus status = SpanStatus.Unset) =>
        new()
        {
            Timestamp = start,
            DurationNs = duration,
            ServiceName = service,
            TraceId = TraceId,
            SpanId = id,
            ParentSpanId = parent,
            Name = "span " + id,
            Status = status,
            Flags = 0,
            ScopeName = "",
            ScopeVersion = "",
            Attributes = None,
            ResourceAttributes = None,
            ScopeAttributes = None,
            DroppedAttributesCount = 0,
            TraceState = "",
            Kind = SpanKind.Internal,
            StatusMessage = "",
            Events = [],
            DroppedEventsCount = 0,
            Links = [],
            DroppedLinksCount = 0,
        };

    public static LogRecord Log(long time, string spanId = "", string body = "", Dictionary<string, object?>? attributes = null) =>
        new()
        {
            Timestamp = time,
            ObservedTimestamp = 0,
            ServiceName = "web",
            TraceId = spanId.Length > 0 ? TraceId : "",
            SpanId = spanId,
            Flags = 0,
            ScopeName = "",
            ScopeVersion = "",
            Attributes = attributes ?? None,
            ResourceAttributes = None,
            ScopeAttributes = None,
            DroppedAttributesCount = 0,
            SeverityNumber = 9,
            SeverityText = "",
            EventName = "",
            BodyText = body,
            Body = body,
        };
}
