namespace Observe.Query.Services;

/// <summary>A row of <see cref="ServiceMapStatement"/>.</summary>
/// <param name="Callee">Empty where no span answers the calls; then the peer's type, system and name say what was called.</param>
/// <param name="Quantiles">p50, p95 and p99 in nanoseconds.</param>
/// <param name="Addresses">By which the callee is called.</param>
internal sealed record ServiceMapRow(
    string Caller, string Callee, ServiceNodeType PeerType, string PeerSystem, string PeerName, long Requests, long Errors, double[] Quantiles,
    string[] Addresses);
