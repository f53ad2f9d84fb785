namespace Observe.Query.PromQL.Language;

/// <summary>Finds the selectors of an expression.</summary>
public static class SelectorWalk
{
    /// <summary>All selectors, wherever they stand, from left to right.</summary>
    public static IEnumerable<VectorSelector> Selectors(this Expression expression) =>
        expression is VectorSelector selector ? [selector] : expression.Parts().SelectMany(Selectors);

    /// <summary>What an expression is made of, from left to right.</summary>
    public static IEnumerable<Expression> Parts(this Expression expression) => expression switch
    {
        RangeSelector range => [range.Selector],
        ParenthesizedExpression parenthesized => [parenthesized.Inner],
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        Subquery subquery => [subquery.Operand],
        CallExpression call => call.Arguments,
        AggregateExpression aggregate => aggregate.Parameter is null ? [aggregate.Operand] : [aggregate.Parameter, aggregate.Operand],
        _ => [],
    };
}
