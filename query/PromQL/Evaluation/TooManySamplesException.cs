namespace Observe.Query.PromQL.Evaluation;

/// <summary>An evaluation needs more samples than <see cref="SampleMemory.MaxSamples"/> at once. One of fewer times may not.</summary>
/// <param name="message">Which, and what to write instead, for the user.</param>
public sealed class TooManySamplesException(string message) : PromQLEvaluationException(message);
