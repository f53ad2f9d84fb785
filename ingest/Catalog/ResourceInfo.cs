namespace Observe.Ingest.Catalog;

/// <summary>What records need to know of their resource.</summary>
/// <param name="Id">The same for the same attributes, in whatever order and encoding they were sent.</param>
/// <param name="ServiceName"><c>service.name</c>; <c>unknown_service</c> when there is none.</param>
/// <param name="ServiceNamespace"><c>service.namespace</c>, or empty.</param>
internal sealed record ResourceInfo(ulong Id, byte[] ServiceName, byte[] ServiceNamespace);
