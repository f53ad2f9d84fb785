namespace Observe.Query.PromQL.Histograms;

/// <summary>A data point that has no native histogram.</summary>
/// <param name="message">What is wrong with it and what to change at the sender, for the user.</param>
public sealed class InvalidHistogramException(string message) : Exception(message);
