namespace Observe.Tests.RealClients;

/// <summary>Everything that one run of a client sent.</summary>
public sealed record SentTelemetry(IReadOnlyList<SentLog> Logs, IReadOnlyList<SentSpan> Spans, IReadOnlyList<SentMetric> Metrics);
