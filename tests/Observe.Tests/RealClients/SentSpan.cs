namespace Observe.Tests.RealClients;

/// <summary>A span as a client sent it, or as it was read back; values as in <see cref="SentLog"/>.</summary>
/// <param name="Kind">As OTLP names it, in lower case: <c>server</c>.</param>
/// <param name="Status"><c>unset</c>, <c>ok</c> or <c>error</c>.</param>
public sealed record SentSpan(
    string TraceId,
    string SpanId,
    string ParentSpanId,
    string TraceState,
    uint Flags,
    string Name,
    string Kind,
    long Start,
    long End,
    string Status,
    string StatusMessage,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<SentEvent> Events,
    IReadOnlyList<SentLink> Links,
    SentOrigin Origin);
