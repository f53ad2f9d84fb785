namespace Observe.Query.MetricBrowser;

/// <summary>No metric has the name that was asked for.</summary>
public sealed class UnknownMetricException(string message) : Exception(message);
