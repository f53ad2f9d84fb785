namespace Observe.Ingest.Catalog;

/// <summary>What records need to know of their instrumentation scope.</summary>
/// <param name="Id">The same for the same name, version, schema URL and attributes, in whatever order and encoding they were sent.</param>
/// <param name="Name">The scope's name, or empty.</param>
internal sealed record ScopeInfo(ulong Id, byte[] Name);
