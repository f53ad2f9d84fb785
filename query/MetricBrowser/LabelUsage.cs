namespace Observe.Query.MetricBrowser;

/// <summary>A label of a metric.</summary>
/// <param name="Name">As it was sent.</param>
/// <param name="Series">How many of the metric's series have it.</param>
/// <param name="Values">How many values it has in them; those that are alike as texts are one.</param>
public sealed record LabelUsage(string Name, long Series, long Values);
