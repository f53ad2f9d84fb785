using Observe.Query.Search;

namespace Observe.Query.Traces;

/// <summary>How the spans of a trace hang together, and where they contradict each other.</summary>
/// <remarks>
/// A span's parent is the first span with the id that it names. Zipkin's senders give a call's client and server spans one id: both
/// are kept, the server's counts as a duplicate, and the children belong to the one that begins first.
/// </remarks>
internal sealed class TraceStructure
{
    private const int NoSpan = -1;

    private readonly IReadOnlyList<SpanRecord> _spans;
    private readonly Dictionary<string, int> _firstOfId = new(StringComparer.Ordinal);
    private readonly int[] _parents;
    private readonly SpanIssues[] _issues;

    private TraceStructure(IReadOnlyList<SpanRecord> spans)
    {
        _spans = spans;
        _parents = new int[spans.Count];
        _issues = new SpanIssues[spans.Count];
    }

    /// <summary>Of each span, in the order of the spans.</summary>
    public IReadOnlyList<SpanIssues> Issues => _issues;

    /// <summary>The first span without a parent.</summary>
    public SpanRecord? Root { get; private set; }

    public int RootCount { get; private set; }

    /// <summary>The ids of parents that are not among the spans.</summary>
    public IReadOnlyCollection<string> MissingParents { get; private set; } = [];

    public int DuplicateSpanIds { get; private set; }

    /// <summary>By how much the span that begins earliest before its parent does so, in nanoseconds, and the two.</summary>
    public (long Ns, SpanRecord Span, SpanRecord Parent)? WorstSkew { get; private set; }

    /// <param name="spans">In order of their start.</param>
    public static TraceStructure Of(IReadOnlyList<SpanRecord> spans)
    {
        var structure = new TraceStructure(spans);
        structure.FindIds();
        structure.FindParents();
        structure.FindCycles();
        structure.CompareTimes();
        return structure;
    }

    public int Count(SpanIssues issue) => _issues.Count(issues => issues.HasFlag(issue));

    /// <summary>Takes back that a parent is missing, of those spans whose parent the trace has after all.</summary>
    public void Keep(IReadOnlySet<string> missingParents)
    {
        MissingParents = [.. MissingParents.Where(missingParents.Contains)];
        for (int i = 0; i < _issues.Length; i++)
        {
            if (!missingParents.Contains(_spans[i].ParentSpanId))
            {
                _issues[i] &= ~SpanIssues.MissingParent;
            }
        }
    }

    private void FindIds()
    {
        var duplicates = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _spans.Count; i++)
        {
            string id = _spans[i].SpanId;
            if (!_firstOfId.TryAdd(id, i))
            {
                _ = duplicates.Add(id);
                _issues[i] |= SpanIssues.DuplicateId;
                _issues[_firstOfId[id]] |= SpanIssues.DuplicateId;
            }
        }

        DuplicateSpanIds = duplicates.Count;
    }

    private void FindParents()
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _spans.Count; i++)
        {
            _parents[i] = NoSpan;
            string parent = _spans[i].ParentSpanId;
            if (parent.Length == 0)
            {
                RootCount++;
                Root ??= _spans[i];
            }
            else if (_firstOfId.TryGetValue(parent, out int found))
            {
                _parents[i] = found;
            }
            else
            {
                _ = missing.Add(parent);
                _issues[i] |= SpanIssues.MissingParent;
            }
        }

        MissingParents = missing;
    }

    /// <summary>Walks up from each span. Walks have numbers: who meets their own walk again has found a cycle, who meets an earlier one is done.</summary>
    private void FindCycles()
    {
        var walkOf = new int[_spans.Count];
        for (int i = 0; i < _spans.Count; i++)
        {
            int span = i;
            while (span != NoSpan && walkOf[span] == 0)
            {
                walkOf[span] = i + 1;
                span = _parents[span];
            }

            if (span == NoSpan || walkOf[span] != i + 1)
            {
                continue;
            }

            for (int member = span; !_issues[member].HasFlag(SpanIssues.Cycle); member = _parents[member])
            {
                _issues[member] |= SpanIssues.Cycle;
            }
        }
    }

    private void CompareTimes()
    {
        for (int i = 0; i < _spans.Count; i++)
        {
            SpanRecord span = _spans[i];
            if (span.DurationNs < 0)
            {
                _issues[i] |= SpanIssues.NegativeDuration;
            }

            // Of two spans in a cycle each would begin before the other.
            if (_parents[i] == NoSpan || _issues[i].HasFlag(SpanIssues.Cycle))
            {
                continue;
            }

            SpanRecord parent = _spans[_parents[i]];
            if (span.Timestamp < parent.Timestamp)
            {
                _issues[i] |= SpanIssues.BeginsBeforeParent;
                long skew = parent.Timestamp - span.Timestamp;
                if (WorstSkew is not { } worst || skew > worst.Ns)
                {
                    WorstSkew = (skew, span, parent);
                }
            }

            // Only who waits for an answer ends after the one who gives it; other work may go on when its parent is done.
            if (span.Kind == SpanKind.Server && parent.Kind == SpanKind.Client && EndOf(span) > EndOf(parent))
            {
                _issues[i] |= SpanIssues.EndsAfterParent;
            }
        }
    }

    private static Int128 EndOf(SpanRecord span) => (Int128)span.Timestamp + span.DurationNs;
}
