namespace Observe.Query.Correlation;

/// <summary>How many records carry an id.</summary>
/// <param name="Logs">Log records.</param>
/// <param name="Spans">Spans.</param>
/// <param name="Errors">Of both: logs of severity error and above, spans with status error.</param>
/// <param name="FirstNs">Unix nanoseconds; 0 where there is none.</param>
/// <param name="LastNs">Unix nanoseconds; 0 where there is none.</param>
/// <param name="IsComplete">Whether all were counted. If not, these are some of them, and there are at least so many.</param>
/// <param name="Approximate">Where not all were counted: about how many there are, if the id is as frequent in the rest as in what was read.</param>
public sealed record CorrelationCounts(long Logs, long Spans, long Errors, long FirstNs, long LastNs, bool IsComplete, long? Approximate);
