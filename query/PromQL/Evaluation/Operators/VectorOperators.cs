using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>Arithmetic and comparisons of two vectors: each series with the one of the other side that its labels match.</summary>
/// <param name="expression">With vectors on both sides, and no set operator.</param>
/// <param name="element">What is computed.</param>
/// <param name="count">Times of the grid.</param>
internal sealed class VectorOperators(BinaryExpression expression, ElementOperator element, int count)
{
    private readonly VectorMatching _matching = expression.Matching!;
    private readonly LabelSignature _signature = LabelSignature.Of(expression.Matching!);
    private readonly HashSet<string> _labels = [.. expression.Matching!.Labels];

    /// <summary>Whether the left side is the one of which only one series may match: for <c>group_right</c>.</summary>
    private bool IsSwapped => _matching.Cardinality == MatchCardinality.OneToMany;

    /// <exception cref="PromQLEvaluationException">Series match more than the operator's cardinality allows.</exception>
    public VectorValue Apply(IReadOnlyList<Series> left, IReadOnlyList<Series> right)
    {
        (IReadOnlyList<Series> many, IReadOnlyList<Series> one) = IsSwapped ? (right, left) : (left, right);
        Dictionary<Labels, List<Series>> ones = _signature.Group(one);
        var results = new Dictionary<Labels, SeriesBuilder>();
        var matched = new Dictionary<Labels, Series?[]>();
        foreach (Series series in many)
        {
            Labels key = _signature.Of(series.Labels);
            if (ones.TryGetValue(key, out List<Series>? partners))
            {
                Match(series, key, partners, results, matched);
            }
        }

        CheckUnmatched(ones, many);
        return new VectorValue([.. results.Values.Select(result => result.Build()).Where(series => series.HasAny)]);
    }

    private void Match(
        Series series, Labels key, List<Series> partners, Dictionary<Labels, SeriesBuilder> results, Dictionary<Labels, Series?[]> matched)
    {
        Series? last = null;
        SeriesBuilder? builder = null;
        for (int step = 0; step < count; step++)
        {
            if (!series.Has(step) || PartnerAt(partners, step, key) is not { } partner)
            {
                continue;
            }

            Element left = Element.Of(IsSwapped ? partner : series, step), right = Element.Of(IsSwapped ? series : partner, step);
            Element result = element.Apply(left, right, kept: left);
            if (_matching.Cardinality == MatchCardinality.OneToOne)
            {
                CheckAlone(matched, key, series, step);
            }

            if (result.IsNone)
            {
                continue;
            }

            // Mostly the partner is the same at all times.
            if (builder is null || partner != last)
            {
                last = partner;
                Labels labels = ResultLabels(series.Labels, partner.Labels);
                if (!results.TryGetValue(labels, out builder))
                {
                    results.Add(labels, builder = new SeriesBuilder(labels, count));
                }
            }

            if (builder.Has(step))
            {
                throw new PromQLEvaluationException(
                    $"Two series of the result have the same labels, {builder.Labels}: name a label that tells them apart in {(IsSwapped ? "group_right" : "group_left")} (…), or aggregate one side first.");
            }

            builder.Set(step, result);
        }
    }

    /// <summary>The series of the "one" side that matches at a time.</summary>
    private Series? PartnerAt(List<Series> partners, int step, Labels key)
    {
        Series? found = null;
        foreach (Series partner in partners)
        {
            if (!partner.Has(step))
            {
                continue;
            }

            if (found is not null)
            {
                throw new PromQLEvaluationException(
                    $"On the {(IsSwapped ? "left" : "right")} of {expression.Operator.Symbol()} several series match {key}, such as {found.Labels} and {partner.Labels}: name more labels in on (…), or aggregate that side first. Only one series may match there.");
            }

            found = partner;
        }

        return found;
    }

    private void CheckAlone(Dictionary<Labels, Series?[]> matched, Labels key, Series series, int step)
    {
        if (!matched.TryGetValue(key, out Series?[]? times))
        {
            matched.Add(key, times = new Series?[count]);
        }

        if (times[step] is { } other)
        {
            throw new PromQLEvaluationException(
                $"On the left of {expression.Operator.Symbol()} several series match {key}, such as {other.Labels} and {series.Labels}: write group_left if one on the right belongs to many on the left, or name more labels in on (…).");
        }

        times[step] = series;
    }

    /// <summary>Series that match each other may not stand on the "one" side even where nothing matches them: it is a question of how the query is written.</summary>
    private void CheckUnmatched(Dictionary<Labels, List<Series>> ones, IReadOnlyList<Series> many)
    {
        int[]? asked = null;
        foreach ((Labels key, List<Series> partners) in ones)
        {
            if (partners.Count > 1)
            {
                asked ??= [.. Enumerable.Range(0, count).Where(step => many.Any(series => series.Has(step)))];
                foreach (int step in asked)
                {
                    PartnerAt(partners, step, key);
                }
            }
        }
    }

    private Labels ResultLabels(Labels many, Labels one)
    {
        Labels labels = expression.Operator.KeepsName(expression.ReturnsBool) ? many : many.WithoutName();
        if (_matching.Cardinality == MatchCardinality.OneToOne)
        {
            return _matching.IsOn ? labels.Keep(_labels) : labels.Drop(_labels);
        }

        foreach (string name in _matching.Include)
        {
            labels = labels.With(name, one[name]);
        }

        return labels;
    }
}
