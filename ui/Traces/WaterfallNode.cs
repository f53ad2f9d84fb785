using Observe.Query.Search;

namespace Observe.Ui.Traces;

/// <summary>A line of the waterfall: a span, or a parent that was named and never arrived.</summary>
/// <param name="Index">Position in the tree, depth first.</param>
/// <param name="Span">Null for a missing parent.</param>
/// <param name="SpanId">The span's id, or that of the missing parent.</param>
/// <param name="Depth">0 for roots.</param>
/// <param name="Descendants">Lines below it that belong to it.</param>
/// <param name="Start">Where its bar begins, as a share of the trace (0 to 1).</param>
/// <param name="Width">The bar's width, as a share of the trace.</param>
/// <param name="ServiceIndex">The service's place in <see cref="TraceWaterfall.Services"/>, or -1.</param>
/// <param name="ErrorsBelow">Spans with an error among its descendants.</param>
/// <param name="Logs">Its log records, in order of time.</param>
/// <param name="EarlyNs">Nanoseconds by which it begins before its parent, which only clocks that differ can explain; 0 otherwise.</param>
/// <param name="InCycle">Its parents lead back to itself; it stands as a root to be seen at all.</param>
public sealed record WaterfallNode(
    int Index,
    SpanRecord? Span,
    string SpanId,
    int Depth,
    int Descendants,
    double Start,
    double Width,
    int ServiceIndex,
    int ErrorsBelow,
    IReadOnlyList<LogRecord> Logs,
    long EarlyNs,
    bool InCycle)
{
    public bool IsMissing => Span is null;

    public bool HasError => Span?.Status == SpanStatus.Error;
}
