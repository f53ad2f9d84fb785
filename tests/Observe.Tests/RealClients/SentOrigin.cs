namespace Observe.Tests.RealClients;

/// <summary>Who sent a record: its resource and its scope.</summary>
public sealed record SentOrigin(IReadOnlyDictionary<string, object?> Resource, string ScopeName, string ScopeVersion);
