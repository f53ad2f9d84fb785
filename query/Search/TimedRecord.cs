namespace Observe.Query.Search;

/// <summary>A log record or a span: what happened at a time, and may belong to a trace.</summary>
public abstract record TimedRecord : SearchRecord
{
    /// <summary>A log's time (its observed time where it had none), a span's start, in Unix nanoseconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>32 lower-case hex digits, or empty.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 lower-case hex digits, or empty.</summary>
    public required string SpanId { get; init; }

    public required uint Flags { get; init; }

    public required uint DroppedAttributesCount { get; init; }
}
