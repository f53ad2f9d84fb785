namespace Observe.Query.Search;

/// <summary>A log record with every field that was sent.</summary>
public sealed record LogRecord : TimedRecord
{
    /// <summary>Unix nanoseconds; 0 when it was not sent.</summary>
    public required long ObservedTimestamp { get; init; }

    /// <summary>1 (TRACE) to 24 (FATAL4), or 0.</summary>
    public required byte SeverityNumber { get; init; }

    public required string SeverityText { get; init; }

    public required string EventName { get; init; }

    /// <summary>The body as one text, whatever it was: what a list of records shows.</summary>
    public required string BodyText { get; init; }

    /// <summary>The body as it was sent: a string, long, double, bool, null, array or dictionary; bytes are base64 text.</summary>
    public required object? Body { get; init; }

    /// <summary>What the body was sent as: <c>none</c>, <c>string</c>, <c>bool</c>, <c>int</c>, <c>double</c>, <c>array</c>, <c>map</c> or <c>bytes</c>.</summary>
    public string BodyType { get; init; } = "string";
}
