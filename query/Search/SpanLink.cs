namespace Observe.Query.Search;

/// <summary>A span's reference to a span, mostly of another trace.</summary>
public sealed record SpanLink(
    string TraceId, string SpanId, string TraceState, uint Flags, IReadOnlyDictionary<string, object?> Attributes, uint DroppedAttributesCount);
