namespace Observe.Query.Traces;

/// <summary>What a trace is, in a line, and what is missing of it.</summary>
/// <param name="RootService">Of the first span without a parent; null when no such span is stored. So <paramref name="RootName"/>.</param>
/// <param name="Start">Of the earliest span, in Unix nanoseconds; null without spans.</param>
/// <param name="DurationNs">From the earliest start to the latest end of all spans, in nanoseconds; null without spans.</param>
/// <param name="Services">Those that sent spans, in order of their names.</param>
/// <param name="RootCount">Spans without a parent: one in a whole trace.</param>
/// <param name="MissingParents">Different spans that others name as their parents and that are not stored.</param>
/// <param name="DuplicateSpanIds">Span ids that more than one of the returned spans have.</param>
/// <param name="Cyclic">Returned spans that are their own ancestors.</param>
/// <param name="Skewed">Returned spans that begin before their parent does, which clocks that differ explain.</param>
public sealed record TraceSummary(
    string? RootService,
    string? RootName,
    long? Start,
    long? DurationNs,
    long SpanCount,
    long ErrorCount,
    IReadOnlyList<TraceServiceCount> Services,
    long RootCount,
    long MissingParents,
    int DuplicateSpanIds,
    int Cyclic,
    int Skewed)
{
    /// <summary>Whether spans are missing of which the stored ones tell: the root, or parents.</summary>
    public bool Incomplete => RootCount == 0 || MissingParents > 0;
}
