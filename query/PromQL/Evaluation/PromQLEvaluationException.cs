namespace Observe.Query.PromQL.Evaluation;

/// <summary>A query that is well written, but has no answer for the series that there are.</summary>
/// <param name="message">Why, and what to write instead, for the user.</param>
/// <param name="cause">What came up first, where something did.</param>
public class PromQLEvaluationException(string message, Exception? cause = null) : Exception(message, cause);
