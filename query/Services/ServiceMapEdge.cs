namespace Observe.Query.Services;

/// <summary>The calls from one node to another.</summary>
/// <param name="Requests">Calls; scaled up where the map is made from a sample. So the next two.</param>
/// <param name="Errors">Calls with status error: the callee's span says it, or the caller's where the callee has none.</param>
/// <param name="WithoutSpan">Calls to a service whose span of them is not stored: lost, not sampled, or outside the range. They are in <paramref name="Requests"/>.</param>
/// <param name="P50Ns">Duration in nanoseconds as the callee's spans have it, or the caller's where the callee has none. So the other two.</param>
public sealed record ServiceMapEdge(
    ServiceMapNode Caller, ServiceMapNode Callee, long Requests, long Errors, long WithoutSpan, double P50Ns, double P95Ns, double P99Ns);
