namespace Observe.Query.PromQL.Language;

/// <summary>Finds the selectors of an expression.</summary>
public static class SelectorWalk
{
    /// <summary>All selectors, wherever they stand, from left to right.</summary>
    public static IEnumerable<VectorSelector> Selectors(this Expression expression) => expression switch
    {
        VectorSelector selector => [selector],
        RangeSelector range => [range.Selector],
        ParenthesizedExpression parenthesized => parenthesized.Inner.Selectors(),
        UnaryExpression unary => unary.Operand.Selectors(),
        BinaryExpression binary => binary.Left.Selectors().Concat(binary.Right.Selectors()),
        Subquery subquery => subquery.Operand.Selectors(),
        CallExpression call => call.Arguments.SelectMany(Selectors),
        AggregateExpression aggregate => (aggregate.Parameter?.Selectors() ?? []).Concat(aggregate.Operand.Selectors()),
        _ => [],
    };
}
