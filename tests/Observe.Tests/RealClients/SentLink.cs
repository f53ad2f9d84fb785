namespace Observe.Tests.RealClients;

/// <summary>A link of a span.</summary>
public sealed record SentLink(string TraceId, string SpanId, string TraceState, IReadOnlyDictionary<string, object?> Attributes);
