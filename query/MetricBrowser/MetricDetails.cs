namespace Observe.Query.MetricBrowser;

/// <summary>The metrics of one name.</summary>
/// <param name="Metrics">One for each unit and type, with its labels in the order of their names.</param>
/// <param name="Notices">What the user should know.</param>
public sealed record MetricDetails(IReadOnlyList<(MetricEntry Metric, IReadOnlyList<LabelUsage> Labels)> Metrics, IReadOnlyList<string> Notices);
