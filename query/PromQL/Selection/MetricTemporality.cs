namespace Observe.Query.PromQL.Selection;

/// <summary>OpenTelemetry's temporalities, with the numbers that the column <c>Temporality</c> of <c>metric_series</c> has.</summary>
public enum MetricTemporality
{
    Unspecified = 0,
    Delta = 1,
    Cumulative = 2,
}
