using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Queries;

/// <summary>Smaller queries than the one at hand: a stage less, a key or an aggregate less, a smaller filter or expression.</summary>
/// <remarks>A stage that others rely on is not left out: such a query is no query, which the caller sees.</remarks>
internal static class PipelineShrinker
{
    public static IEnumerable<ParsedQuery> Smaller(ParsedQuery query)
    {
        for (int i = 0; i < query.Stages.Count; i++)
        {
            yield return query with { Stages = Without(query.Stages, i) };
        }

        if (query.Filter is not null)
        {
            yield return query with { Filter = null };
            foreach (FilterNode filter in FilterShrinker.Smaller(query.Filter))
            {
                yield return query with { Filter = filter };
            }
        }

        for (int i = 0; i < query.Stages.Count; i++)
        {
            foreach (StageNode stage in Smaller(query.Stages[i]))
            {
                yield return query with { Stages = With(query.Stages, i, stage) };
            }
        }
    }

    private static IEnumerable<StageNode> Smaller(StageNode stage) => stage switch
    {
        WhereStage where => FilterShrinker.Smaller(where.Filter).Select(filter => where with { Filter = filter }),
        LetStage let => Smaller(let.Value).Select(value => let with { Value = value }),
        StatsStage stats => Indices(stats.Keys).Select(i => stats with { Keys = Without(stats.Keys, i) })
            .Concat(stats.Aggregates.Count < 2 ? [] : Indices(stats.Aggregates).Select(i => stats with { Aggregates = Without(stats.Aggregates, i) }))
            .Concat(Indices(stats.Aggregates).SelectMany(i => Smaller(stats.Aggregates[i]).Select(aggregate => stats with { Aggregates = With(stats.Aggregates, i, aggregate) }))),
        FieldsStage { Fields.Count: > 1 } fields => Indices(fields.Fields).Select(i => fields with { Fields = Without(fields.Fields, i) }),
        DedupStage { Fields.Count: > 1 } dedup => Indices(dedup.Fields).Select(i => dedup with { Fields = Without(dedup.Fields, i) }),
        _ => [],
    };

    private static IEnumerable<AggregateNode> Smaller(AggregateNode aggregate) =>
        aggregate.Filter is null ? [] : FilterShrinker.Smaller(aggregate.Filter).Select(filter => aggregate with { Filter = filter });

    private static IEnumerable<ExpressionNode> Smaller(ExpressionNode node) => node switch
    {
        UnaryExpression unary => Smaller(unary.Operand).Select(operand => (ExpressionNode)(unary with { Operand = operand })).Prepend(unary.Operand),
        BinaryExpression binary => new[] { binary.Left, binary.Right }
            .Concat(Smaller(binary.Left).Select(left => binary with { Left = left })).Concat(Smaller(binary.Right).Select(right => binary with { Right = right })),
        CallExpression call => call.Arguments
            .Concat(Indices(call.Arguments).SelectMany(i => Smaller(call.Arguments[i]).Select(argument => call with { Arguments = With(call.Arguments, i, argument) }))),
        _ => [],
    };

    private static IEnumerable<int> Indices<T>(IReadOnlyCollection<T> list) => Enumerable.Range(0, list.Count);

    private static T[] Without<T>(IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];

    private static T[] With<T>(IReadOnlyList<T> list, int index, T item) => [.. list.Select((each, i) => i == index ? item : each)];
}
