using Observe.Query.Search;

namespace Observe.Query.Traces;

/// <summary>Figures about all the spans of a trace.</summary>
/// <param name="Start">The earliest, in Unix nanoseconds.</param>
/// <param name="End">The latest, in Unix nanoseconds.</param>
/// <param name="Services">In order of their names.</param>
/// <param name="Roots">Spans without a parent.</param>
/// <param name="MissingParents">Ids of parents that the trace does not have.</param>
internal sealed record TraceTotals(
    long Start, long End, IReadOnlyList<TraceServiceCount> Services, long Roots, IReadOnlySet<string> MissingParents)
{
    /// <param name="spans">All of the trace, at least one.</param>
    public static TraceTotals Of(IReadOnlyList<SpanRecord> spans, TraceStructure structure) => new(
        spans.Min(span => span.Timestamp),
        spans.Max(EndOf),
        [.. spans.GroupBy(span => span.ServiceName, StringComparer.Ordinal)
            .Select(service => new TraceServiceCount(service.Key, service.Count(), service.Count(span => span.Status == SpanStatus.Error)))
            .OrderBy(service => service.Name, StringComparer.Ordinal)],
        structure.RootCount,
        structure.MissingParents.ToHashSet(StringComparer.Ordinal));

    public TraceSummary Summarize(TraceStructure structure) => new(
        structure.Root?.ServiceName,
        structure.Root?.Name,
        Start,
        (long)Int128.Min(Int128.Max((Int128)End - Start, 0), long.MaxValue),
        Services.Sum(service => service.Spans),
        Services.Sum(service => service.Errors),
        Services,
        Roots,
        MissingParents.Count,
        structure.DuplicateSpanIds,
        structure.Count(SpanIssues.Cycle),
        structure.Count(SpanIssues.BeginsBeforeParent));

    private static long EndOf(SpanRecord span) => (long)Int128.Min((Int128)span.Timestamp + Math.Max(span.DurationNs, 0), long.MaxValue);
}
