using Observe.Query.Search;
using Observe.Query.Traces;

namespace Observe.Ui.Traces;

/// <summary>From the spans of a trace, in whatever state they arrived, to lines and bars.</summary>
/// <remarks>
/// 1. Spans are linked to their parents by id. Of several spans with one id the first that began is the parent.
/// 2. A parent that is named but not there becomes a line of its own above its children.
/// 3. What no root leads to stands in a cycle; the earliest span of it is made a root.
/// 4. The tree is walked depth first, children in order of their start, without recursion: a trace may be a chain of 10,000.
/// Times stay as they were sent. A child that begins before its parent is marked, not moved.
/// </remarks>
public sealed class TraceWaterfall
{
    private TraceWaterfall(IReadOnlyList<WaterfallNode> nodes, IReadOnlyList<string> services, long start, long end, int errors)
    {
        Nodes = nodes;
        Services = services;
        StartNs = start;
        EndNs = end;
        Errors = errors;
    }

    /// <summary>All lines, depth first: the descendants of a line follow it directly.</summary>
    public IReadOnlyList<WaterfallNode> Nodes { get; }

    /// <summary>Names of the services, in order of their first span.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Start of the first span, in Unix nanoseconds.</summary>
    public long StartNs { get; }

    /// <summary>End of the last span, in Unix nanoseconds.</summary>
    public long EndNs { get; }

    public long DurationNs => EndNs - StartNs;

    public int Errors { get; }

    /// <summary>The span that the trace is named after: the first root, or else the first span; null without spans.</summary>
    public SpanRecord? Root =>
        Nodes.FirstOrDefault(node => node is { Depth: 0, Span: not null, InCycle: false })?.Span ?? Nodes.FirstOrDefault(node => node.Span is not null)?.Span;

    public static TraceWaterfall Of(Trace trace)
    {
        SpanRecord[] spans = [.. trace.Spans.OrderBy(span => span.Timestamp).ThenByDescending(span => span.DurationNs)];
        long start = spans.Length == 0 ? (trace.Logs.Count > 0 ? trace.Logs[0].Timestamp : 0) : spans.Min(span => span.Timestamp);
        long end = spans.Length == 0 ? start : spans.Max(span => Math.Max(span.Timestamp, span.Timestamp + span.DurationNs));

        var services = new List<string>();
        var serviceIndex = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SpanRecord span in spans)
        {
            if (serviceIndex.TryAdd(span.ServiceName, services.Count))
                services.Add(span.ServiceName);
        }

        ILookup<string, LogRecord> logs = trace.Logs.OrderBy(log => log.Timestamp).ToLookup(log => log.SpanId);
        SpanTree tree = SpanTree.Of(spans);
        double length = Math.Max(end - start, 1);
        var nodes = new List<WaterfallNode>(tree.Lines.Count);
        foreach (SpanTree.Line line in tree.Lines)
        {
            SpanRecord? span = line.Span < 0 ? null : spans[line.Span];
            long from = span?.Timestamp ?? line.FirstChildStart;
            SpanRecord? parent = line.Parent < 0 ? null : spans[line.Parent];
            nodes.Add(new WaterfallNode(
                nodes.Count,
                span,
                line.SpanId,
                line.Depth,
                line.Descendants,
                Math.Clamp((from - start) / length, 0, 1),
                span is null ? 0 : Math.Clamp(Math.Max(span.DurationNs, 0) / length, 0, 1),
                span is null ? -1 : serviceIndex[span.ServiceName],
                line.ErrorsBelow,
                span is null ? [] : [.. logs[span.SpanId]],
                span is not null && parent is not null ? Math.Max(parent.Timestamp - span.Timestamp, 0) : 0,
                line.InCycle));
        }

        return new TraceWaterfall(nodes, services, start, end, spans.Count(span => span.Status == SpanStatus.Error));
    }

    /// <summary>The lines in sight when those in <paramref name="collapsed"/> (by <see cref="WaterfallNode.Index"/>) hide what is below them.</summary>
    public IReadOnlyList<WaterfallNode> Visible(IReadOnlySet<int> collapsed)
    {
        if (collapsed.Count == 0)
            return Nodes;

        var visible = new List<WaterfallNode>(Nodes.Count);
        for (int i = 0; i < Nodes.Count; i++)
        {
            visible.Add(Nodes[i]);
            if (collapsed.Contains(i))
                i += Nodes[i].Descendants;
        }

        return visible;
    }

    /// <summary>An instant's place on the time line, as a share of the trace (0 to 1).</summary>
    public double Position(long timestamp) => Math.Clamp((timestamp - StartNs) / (double)Math.Max(DurationNs, 1), 0, 1);

    /// <summary>Round times for the ruler, from 0, in nanoseconds after the start; at most about <paramref name="count"/>.</summary>
    public IReadOnlyList<double> Ticks(int count)
    {
        if (DurationNs <= 0)
            return [0];

        double least = DurationNs / (double)Math.Max(count, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double step = power * (least / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        var ticks = new List<double>();
        for (int i = 0; i * step <= DurationNs * 0.97; i++)
            ticks.Add(i * step);
        return ticks;
    }
}
