namespace Observe.Query.Traces;

/// <summary>A service's part in a trace.</summary>
/// <param name="Errors">Its spans with status error.</param>
public sealed record TraceServiceCount(string Name, long Spans, long Errors);
