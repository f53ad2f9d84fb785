namespace Observe.Tests.RealClients;

/// <summary>An event of a span.</summary>
public sealed record SentEvent(long Timestamp, string Name, IReadOnlyDictionary<string, object?> Attributes);
