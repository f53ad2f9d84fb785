namespace Observe.Query.Correlation;

/// <summary>A service that an id passed.</summary>
/// <param name="Name">The service.</param>
/// <param name="FirstNs">Its first record with the id, in Unix nanoseconds.</param>
/// <param name="LastNs">Its last one.</param>
/// <param name="Logs">Its log records with the id.</param>
/// <param name="Spans">Its spans with the id.</param>
/// <param name="Errors">Of both: logs of severity error and above, spans with status error.</param>
public sealed record ServicePassage(string Name, long FirstNs, long LastNs, long Logs, long Spans, long Errors);
