namespace Observe.Query.MetricBrowser;

/// <summary>Some metrics.</summary>
/// <param name="Total">How many there are, with those that the limit cut.</param>
/// <param name="Notices">What the user should know: which days the answer is about, that it was cut.</param>
public sealed record MetricList(IReadOnlyList<MetricEntry> Metrics, long Total, IReadOnlyList<string> Notices);
