using Observe.Query.Search;

namespace Observe.Ui.Traces;

/// <summary>The order of a trace's spans as a tree, whatever is missing or wrong in their parents.</summary>
internal sealed class SpanTree
{
    private const int NoSpan = -1;

    private readonly SpanRecord[] _spans;
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly List<int>[] _children;
    private readonly bool[] _seen;
    private readonly List<Line> _lines;

    private SpanTree(SpanRecord[] spans)
    {
        _spans = spans;
        _children = new List<int>[spans.Length];
        _seen = new bool[spans.Length];
        _lines = new List<Line>(spans.Length);
    }

    public IReadOnlyList<Line> Lines => _lines;

    /// <param name="spans">In order of their start, which is the order of children too.</param>
    public static SpanTree Of(SpanRecord[] spans)
    {
        var tree = new SpanTree(spans);
        tree.Build();
        return tree;
    }

    private void Build()
    {
        for (int i = 0; i < _spans.Length; i++)
            _byId.TryAdd(_spans[i].SpanId, i);

        // A missing parent stands where its first child begins, among the roots.
        var roots = new List<(int Span, string MissingId)>();
        var orphans = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < _spans.Length; i++)
        {
            string parentId = _spans[i].ParentSpanId;
            if (parentId.Length == 0)
            {
                roots.Add((i, ""));
            }
            else if (_byId.TryGetValue(parentId, out int parent))
            {
                (_children[parent] ??= []).Add(i);
            }
            else if (orphans.TryGetValue(parentId, out List<int>? siblings))
            {
                siblings.Add(i);
            }
            else
            {
                orphans.Add(parentId, [i]);
                roots.Add((NoSpan, parentId));
            }
        }

        foreach ((int span, string missingId) in roots)
        {
            if (span >= 0)
                Walk(span, 0, inCycle: false);
            else
                AddMissing(missingId, orphans[missingId]);
        }

        for (int i = 0; i < _spans.Length; i++)
        {
            if (!_seen[i])
                Walk(i, 0, inCycle: true);
        }
    }

    private void AddMissing(string spanId, List<int> children)
    {
        int line = _lines.Count;
        _lines.Add(new Line { Span = NoSpan, Parent = NoSpan, SpanId = spanId, FirstChildStart = _spans[children[0]].Timestamp });
        foreach (int child in children)
            Walk(child, 1, inCycle: false);
        Close(line);
    }

    // Depth first with a stack of its own. An entry met the second time has all its descendants behind it.
    private void Walk(int root, int rootDepth, bool inCycle)
    {
        var stack = new Stack<(int Span, int Parent, int Depth, int Line)>();
        stack.Push((root, NoSpan, rootDepth, -1));
        while (stack.TryPop(out (int Span, int Parent, int Depth, int Line) entry))
        {
            if (entry.Line >= 0)
            {
                Close(entry.Line);
                continue;
            }

            if (_seen[entry.Span])
                continue;

            _seen[entry.Span] = true;
            int line = _lines.Count;
            SpanRecord span = _spans[entry.Span];
            _lines.Add(new Line
            {
                Span = entry.Span,
                Parent = entry.Parent,
                SpanId = span.SpanId,
                Depth = entry.Depth,
                FirstChildStart = span.Timestamp,
                InCycle = inCycle && entry.Depth == rootDepth,
            });
            stack.Push((entry.Span, entry.Parent, entry.Depth, line));
            if (_children[entry.Span] is { } children)
            {
                for (int i = children.Count - 1; i >= 0; i--)
                    stack.Push((children[i], entry.Span, entry.Depth + 1, -1));
            }
        }
    }

    // Everything after the line belongs to it. Lines below are closed already, so one step down finds all their errors.
    private void Close(int index)
    {
        Line line = _lines[index];
        line.Descendants = _lines.Count - index - 1;
        for (int i = index + 1; i < _lines.Count; i += _lines[i].Descendants + 1)
        {
            Line child = _lines[i];
            line.ErrorsBelow += child.ErrorsBelow + (child.Span >= 0 && _spans[child.Span].Status == SpanStatus.Error ? 1 : 0);
        }
    }

    internal sealed class Line
    {
        /// <summary>Index of the span, or -1 for a missing parent.</summary>
        public required int Span { get; init; }

        /// <summary>Index of the parent's span, or -1.</summary>
        public required int Parent { get; init; }

        public required string SpanId { get; init; }

        public int Depth { get; init; }

        public long FirstChildStart { get; init; }

        public bool InCycle { get; init; }

        public int Descendants { get; set; }

        public int ErrorsBelow { get; set; }
    }
}
