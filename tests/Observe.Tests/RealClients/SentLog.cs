namespace Observe.Tests.RealClients;

/// <summary>A log record as a client sent it, or as it was read back.</summary>
/// <remarks>
/// Values are string, bool, long, double, null, <c>object?[]</c> or, in bodies and arrays, dictionaries; attributes have flat, dotted names.
/// Times are Unix nanoseconds.
/// </remarks>
public sealed record SentLog(
    long Timestamp,
    long ObservedTimestamp,
    string TraceId,
    string SpanId,
    uint Flags,
    int SeverityNumber,
    string SeverityText,
    string EventName,
    object? Body,
    IReadOnlyDictionary<string, object?> Attributes,
    SentOrigin Origin);
