namespace Observe.Query.PromQL.Selection.Exemplars;

/// <summary>A row of the table <c>exemplars</c>.</summary>
/// <param name="Series">The id of its series.</param>
/// <param name="Time">In nanoseconds since 1970.</param>
/// <param name="Value">What was measured.</param>
/// <param name="TraceId">In hexadecimal digits; empty for none.</param>
/// <param name="SpanId">In hexadecimal digits; empty for none.</param>
/// <param name="Attributes">Those that the series does not have.</param>
internal sealed record StoredExemplar(ulong Series, long Time, double Value, string TraceId, string SpanId, IReadOnlyDictionary<string, object?> Attributes);
