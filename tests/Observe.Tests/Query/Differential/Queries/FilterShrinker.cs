using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Queries;

/// <summary>Smaller filters than the one at hand: an operand in place of a whole, a list with a value less.</summary>
internal static class FilterShrinker
{
    public static IEnumerable<FilterNode> Smaller(FilterNode node) => node switch
    {
        AndNode and => and.Operands.Concat(Fewer(and.Operands, operands => new AndNode(operands, default))),
        OrNode or => or.Operands.Concat(Fewer(or.Operands, operands => new OrNode(operands, default))),
        NotNode not => Smaller(not.Operand).Select(operand => (FilterNode)new NotNode(operand, default)).Prepend(not.Operand),
        InNode { Values.Count: > 1 } list => list.Values.Select((_, i) => list with { Values = [.. list.Values.Where((_, j) => j != i)] }),
        BelowNode below => new[] { below.Ancestor, below.Descendant }
            .Concat(Smaller(below.Ancestor).Prepend(new AllNode(default)).Where(_ => below.Ancestor is not AllNode).Select(ancestor => below with { Ancestor = ancestor }))
            .Concat(Smaller(below.Descendant).Prepend(new AllNode(default)).Where(_ => below.Descendant is not AllNode).Select(descendant => below with { Descendant = descendant })),
        _ => [],
    };

    /// <summary>The list with an operand less, where two remain, and with an operand made smaller.</summary>
    private static IEnumerable<FilterNode> Fewer(IReadOnlyList<FilterNode> operands, Func<IReadOnlyList<FilterNode>, FilterNode> create)
    {
        for (int i = 0; i < operands.Count; i++)
        {
            if (operands.Count > 2)
            {
                yield return create([.. operands.Where((_, j) => j != i)]);
            }

            foreach (FilterNode smaller in Smaller(operands[i]))
            {
                yield return create([.. operands.Select((operand, j) => j == i ? smaller : operand)]);
            }
        }
    }
}
