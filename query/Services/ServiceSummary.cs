namespace Observe.Query.Services;

/// <summary>A service and how it did in a time range, from its server and consumer spans (all its spans where it has none of these).</summary>
/// <param name="Requests">Spans counted.</param>
/// <param name="Errors">Of these, those with status error.</param>
/// <param name="Logs">Log records of the service.</param>
/// <param name="P50Ns">Median duration in nanoseconds, from a t-digest; null without spans. So the other two.</param>
public sealed record ServiceSummary(string Name, long Requests, long Errors, long Logs, double? P50Ns, double? P95Ns, double? P99Ns);
