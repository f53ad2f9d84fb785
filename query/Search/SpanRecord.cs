namespace Observe.Query.Search;

/// <summary>A span with every field that was sent.</summary>
public sealed record SpanRecord : TimedRecord
{
    public required string Name { get; init; }

    /// <summary>End minus start, in nanoseconds; negative when the sender's clock ran backwards.</summary>
    public required long DurationNs { get; init; }

    /// <summary>16 lower-case hex digits, or empty for a root.</summary>
    public required string ParentSpanId { get; init; }

    public required string TraceState { get; init; }

    public required SpanKind Kind { get; init; }

    public required SpanStatus Status { get; init; }

    public required string StatusMessage { get; init; }

    public required IReadOnlyList<SpanEvent> Events { get; init; }

    public required uint DroppedEventsCount { get; init; }

    public required IReadOnlyList<SpanLink> Links { get; init; }

    public required uint DroppedLinksCount { get; init; }
}
