using Observe.Query.Search;

namespace Observe.Query.Traces;

/// <summary>All of a trace that is stored.</summary>
/// <param name="Summary">About the whole trace, also where <paramref name="Spans"/> are not all of it.</param>
/// <param name="Spans">In order of their start.</param>
/// <param name="Issues">What is wrong with each of the <paramref name="Spans"/>, in their order.</param>
/// <param name="Logs">In order of time.</param>
/// <param name="Notices">What the user should know: what is missing or contradicts itself, or a limit that was hit.</param>
public sealed record Trace(
    string TraceId,
    TraceSummary Summary,
    IReadOnlyList<SpanRecord> Spans,
    IReadOnlyList<SpanIssues> Issues,
    IReadOnlyList<LogRecord> Logs,
    IReadOnlyList<string> Notices);
