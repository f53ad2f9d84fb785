namespace Observe.Query.Search;

/// <summary>Something that happened during a span.</summary>
/// <param name="Timestamp">Unix nanoseconds.</param>
public sealed record SpanEvent(long Timestamp, string Name, IReadOnlyDictionary<string, object?> Attributes, uint DroppedAttributesCount);
