using Observe.Query.Search;

namespace Observe.Query.Correlation;

/// <summary>One record of a timeline.</summary>
/// <param name="Record">A <see cref="LogRecord"/> or a <see cref="SpanRecord"/>.</param>
/// <param name="IsExpanded">Whether it is there because of its trace and does not carry the id itself.</param>
public sealed record TimelineEntry(TimedRecord Record, bool IsExpanded)
{
    public SearchSignal Signal => Record is SpanRecord ? SearchSignal.Spans : SearchSignal.Logs;
}
