using Observe.Query.Search;

namespace Observe.Query.Traces;

/// <summary>All of a trace that is stored.</summary>
/// <param name="Spans">In order of their start.</param>
/// <param name="Logs">In order of time.</param>
/// <param name="Notices">What the user should know, such as a limit that was hit.</param>
public sealed record Trace(string TraceId, IReadOnlyList<SpanRecord> Spans, IReadOnlyList<LogRecord> Logs, IReadOnlyList<string> Notices);
