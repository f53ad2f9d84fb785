using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary><c>and</c>, <c>or</c> and <c>unless</c>: at each time, by whether the other side has a series that matches.</summary>
internal static class SetOperators
{
    public static VectorValue Apply(BinaryOperator set, IReadOnlyList<Series> left, IReadOnlyList<Series> right, VectorMatching matching, int count)
    {
        LabelSignature signature = LabelSignature.Of(matching);
        return set switch
        {
            BinaryOperator.And => SeriesSet.Of(Filter(left, Presence(right, signature, count), signature, isWanted: true)),
            BinaryOperator.Unless => SeriesSet.Of(Filter(left, Presence(right, signature, count), signature, isWanted: false)),
            _ => SeriesSet.Of([.. left, .. Filter(right, Presence(left, signature, count), signature, isWanted: false)]),
        };
    }

    /// <summary>For each signature, at which times any series has something.</summary>
    private static Dictionary<Labels, bool[]> Presence(IReadOnlyList<Series> series, LabelSignature signature, int count)
    {
        var presence = new Dictionary<Labels, bool[]>();
        foreach (Series one in series)
        {
            Labels key = signature.Of(one.Labels);
            if (!presence.TryGetValue(key, out bool[]? times))
            {
                presence.Add(key, times = new bool[count]);
            }

            for (int step = 0; step < count; step++)
            {
                times[step] |= one.Has(step);
            }
        }

        return presence;
    }

    private static List<Series> Filter(IReadOnlyList<Series> series, Dictionary<Labels, bool[]> others, LabelSignature signature, bool isWanted)
    {
        var kept = new List<Series>(series.Count);
        foreach (Series one in series)
        {
            if (!others.TryGetValue(signature.Of(one.Labels), out bool[]? times))
            {
                if (!isWanted)
                {
                    kept.Add(one);
                }

                continue;
            }

            var filtered = new SeriesBuilder(one.Labels, times.Length);
            for (int step = 0; step < times.Length; step++)
            {
                if (times[step] == isWanted)
                {
                    filtered.Set(step, Element.Of(one, step));
                }
            }

            kept.Add(filtered.Build());
        }

        return kept;
    }
}
