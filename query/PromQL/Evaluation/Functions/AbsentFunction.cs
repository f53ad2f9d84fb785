using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>absent and absent_over_time: 1 where nothing is.</summary>
internal static class AbsentFunction
{
    /// <param name="argument">What is looked for: its labels are those of a selector's <c>=</c> matchers.</param>
    /// <param name="isPresent">Whether there is anything, for each time.</param>
    public static VectorValue Of(Expression argument, bool[] isPresent)
    {
        double[] values = GridValues.None(isPresent.Length);
        for (int step = 0; step < isPresent.Length; step++)
        {
            if (!isPresent[step])
            {
                values[step] = 1;
            }
        }

        return SeriesSet.Of([new Series(LabelsOf(argument), values)]);
    }

    /// <summary>Those of which it is certain what they would have been: named in one matcher, and that with <c>=</c>.</summary>
    private static Labels LabelsOf(Expression argument) => argument switch
    {
        ParenthesizedExpression parenthesized => LabelsOf(parenthesized.Inner),
        RangeSelector range => LabelsOf(range.Selector),
        VectorSelector selector => Labels.Of(selector.Matchers
            .GroupBy(matcher => matcher.Name)
            .Where(group => group.Key != LabelMatcher.MetricName && group.Count() == 1 && group.Single().Operator == MatchOperator.Equal)
            .Select(group => KeyValuePair.Create(group.Key, group.Single().Value))),
        _ => Labels.Empty,
    };
}
