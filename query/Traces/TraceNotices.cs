using System.Globalization;

namespace Observe.Query.Traces;

/// <summary>Says in words what is missing of a trace or contradicts itself.</summary>
internal static class TraceNotices
{
    public static IEnumerable<string> Of(TraceSummary summary, TraceStructure structure)
    {
        if (summary.SpanCount == 0)
        {
            yield return "No span of the trace is stored, only logs that name it. Its spans may not have arrived yet, or its sender does not sample it.";
            yield break;
        }

        if (summary.RootCount == 0)
        {
            yield return "The trace has no root: no span without a parent is stored. It may not have arrived yet, may have been lost, or belongs to a sender that sends its spans elsewhere.";
        }
        else if (summary.RootCount > 1)
        {
            yield return Text($"The trace has {summary.RootCount} roots: spans without a parent. Some part of the system does not pass the context on, or uses the trace id again.");
        }

        if (summary.MissingParents > 0)
        {
            int orphans = structure.Count(SpanIssues.MissingParent);
            yield return Text($"{Spans(orphans)} {(orphans == 1 ? "names" : "name")} a parent that is not stored ({summary.MissingParents} missing in all): not arrived yet, lost, or not sampled.");
        }

        if (summary.DuplicateSpanIds > 0)
        {
            yield return Text($"{summary.DuplicateSpanIds} span {(summary.DuplicateSpanIds == 1 ? "id occurs" : "ids occur")} more than once: a sender made an id twice or sent a span again; all of them are shown.");
        }

        if (summary.Cyclic > 0)
        {
            yield return Text($"{Spans(summary.Cyclic)} {(summary.Cyclic == 1 ? "is its own ancestor" : "are their own ancestors")}: the parents that were sent go round in a circle.");
        }

        if (structure.WorstSkew is { } worst)
        {
            yield return Text($"{Spans(summary.Skewed)} {(summary.Skewed == 1 ? "begins" : "begin")} before the parent does, by up to {worst.Ns / 1e6:0.###} ms ({worst.Span.ServiceName} below {worst.Parent.ServiceName}): the clocks of their hosts differ. Times are shown as they were sent.");
        }

        if (structure.Count(SpanIssues.EndsAfterParent) is > 0 and int late)
        {
            yield return Text($"{Spans(late)} {(late == 1 ? "ends" : "end")} after the call that {(late == 1 ? "it serves" : "they serve")}: the caller did not wait for the answer, or the clocks of their hosts differ.");
        }

        if (structure.Count(SpanIssues.NegativeDuration) is > 0 and int backwards)
        {
            yield return Text($"{Spans(backwards)} {(backwards == 1 ? "ends" : "end")} before {(backwards == 1 ? "its" : "their")} own start: a clock was set back meanwhile.");
        }
    }

    private static string Spans(int count) => count == 1 ? "1 span" : Text($"{count} spans");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
