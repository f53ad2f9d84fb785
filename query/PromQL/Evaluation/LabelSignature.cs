using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>The part of a series' labels by which it is grouped or matched.</summary>
internal sealed class LabelSignature
{
    private readonly HashSet<string> _names;
    private readonly bool _isKept;

    /// <param name="names">The labels that count, or those that do not.</param>
    /// <param name="isKept">Which of the two. The metric's name counts only where it is asked for.</param>
    private LabelSignature(IReadOnlyList<string> names, bool isKept)
    {
        _names = [.. names];
        _isKept = isKept;
        if (!isKept)
        {
            _names.Add(LabelMatcher.MetricName);
        }
    }

    public static LabelSignature Of(Grouping grouping) => new(grouping.Labels, isKept: !grouping.IsWithout);

    public static LabelSignature Of(VectorMatching matching) => new(matching.Labels, matching.IsOn);

    public Labels Of(Labels labels) => _isKept ? labels.Keep(_names) : labels.Drop(_names);

    /// <summary>Series by what they have in common, in the order in which they first come.</summary>
    public Dictionary<Labels, List<Series>> Group(IReadOnlyList<Series> series)
    {
        var groups = new Dictionary<Labels, List<Series>>();
        foreach (Series one in series)
        {
            Labels key = Of(one.Labels);
            if (!groups.TryGetValue(key, out List<Series>? group))
            {
                groups.Add(key, group = []);
            }

            group.Add(one);
        }

        return groups;
    }
}
